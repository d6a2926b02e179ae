/**
 * Who may do what: API keys, roles and the one permission table. Deny by default.
 *
 * <p>Owns the tables {@code api_key} and {@code key_enforcement} and the entries {@code key.*}; no secret is ever stored or
 * recorded. May use {@code model} and {@code ledger}. Read {@link io.leeway.security.Permissions} first, then
 * {@link io.leeway.security.Authenticator} for how a request gets its {@link io.leeway.security.Principal}.
 */
@NullMarked
package io.leeway.security;

import org.jspecify.annotations.NullMarked;
