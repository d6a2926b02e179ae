/**
 * From bytes to what the service can judge: JSON read strictly, with every fault and its place.
 *
 * <p>Owns what a body may look like; knows nothing of HTTP. May use {@code model} and the records of {@code decision}. Read
 * {@link io.leeway.api.json.StrictJson} first, then {@link io.leeway.api.json.Members}, then
 * {@link io.leeway.api.json.ProposalReader}.
 */
@NullMarked
package io.leeway.api.json;

import org.jspecify.annotations.NullMarked;
