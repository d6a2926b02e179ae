package io.leeway.activity;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The journals that this process lately found full, so that what is asked of them is read from the sums in the same round trip. A guess: nothing
 * depends on its being right. Thread-safe.
 */
public final class FullJournals {
    private static final int MOST = 20_000;

    private final Map<UUID, Boolean> lately = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Boolean> eldest) {
            return size() > MOST;
        }
    });

    void found(UUID key) {
        lately.put(key, true);
    }

    boolean expects(UUID key) {
        return lately.get(key) != null;
    }
}
