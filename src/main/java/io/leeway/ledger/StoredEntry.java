package io.leeway.ledger;

import org.jspecify.annotations.Nullable;

/**
 * An entry as it was written.
 *
 * @param header canonical bytes
 * @param salt null once erased, or when the entry has no facts
 * @param facts null once erased, or when the entry has none
 * @param result null once erased, or when the entry has none
 */
public record StoredEntry(
        long position,
        String kind,
        byte[] header,
        byte @Nullable [] salt,
        byte @Nullable [] facts,
        byte @Nullable [] result) {

    /** The header, read. */
    public JsonObject parsedHeader() {
        return JsonReader.object(header);
    }

    public byte[] leafHash() {
        return Frontier.leafHash(header);
    }
}
