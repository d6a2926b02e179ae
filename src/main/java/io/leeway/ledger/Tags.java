package io.leeway.ledger;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Names that must be comparable in the ledger without being readable: HMAC-SHA-256 under the realm's key, in hex. Kinds are
 * kept apart by their name, so that equal values of different kinds give different tags.
 *
 * @param byKind kind to tag, sorted by kind: {@code subject}, {@code subjectId}, {@code trace}, {@code repeat}
 */
public record Tags(Map<String, String> byKind) {
    public static final Tags NONE = new Tags(Map.of());

    public static final String SUBJECT = "subject";
    public static final String SUBJECT_ID = "subjectId";
    public static final String TRACE = "trace";
    public static final String REPEAT = "repeat";

    public Tags {
        byKind = Collections.unmodifiableMap(new TreeMap<>(byKind));
    }

    /** These tags and one more. */
    public Tags with(String kind, String tag) {
        Map<String, String> more = new TreeMap<>(byKind);
        more.put(kind, tag);
        return new Tags(more);
    }
}
