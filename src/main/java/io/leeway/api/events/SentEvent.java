package io.leeway.api.events;

/**
 * What goes over the wire.
 *
 * @param id position in the ledger; negative for what has none
 * @param type {@code ""} for a heartbeat
 * @param data JSON
 */
record SentEvent(long id, String type, String data) {
    /** Keeps the connection from looking dead. */
    static final SentEvent HEARTBEAT = new SentEvent(-1, "", "");

    static SentEvent of(LedgerEvent event) {
        return new SentEvent(event.position(), event.type(), event.data());
    }

    /** @param position after which everything is told */
    static SentEvent ready(long position) {
        return new SentEvent(position, "ready", "{\"position\":" + position + "}");
    }

    boolean isHeartbeat() {
        return type.isEmpty();
    }
}
