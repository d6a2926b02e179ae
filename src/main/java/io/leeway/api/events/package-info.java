/**
 * What happened, as it happens: {@code GET /v1/events}. One reader of the ledger serves every subscriber, each from its own
 * place on; nothing is kept for anybody, since the ledger has it. Read {@link io.leeway.api.events.EventFeed} first.
 */
@NullMarked
package io.leeway.api.events;

import org.jspecify.annotations.NullMarked;
