package io.leeway.security;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The keys that are not revoked, by id. Immutable. */
final class LiveKeys {
    static final LiveKeys NONE = new LiveKeys(Map.of());

    private final Map<String, StoredKey> byId;

    private LiveKeys(Map<String, StoredKey> byId) {
        this.byId = byId;
    }

    /** These, brought up to date; another object even when nothing changed, so that a reading can be told from the next. */
    LiveKeys with(Collection<StoredKey> changed) {
        Map<String, StoredKey> next = new HashMap<>(byId);
        for (StoredKey stored : changed) {
            if (stored.key().revokedAt() == null) {
                next.put(stored.key().id(), stored);
            } else {
                next.remove(stored.key().id());
            }
        }
        return new LiveKeys(next);
    }

    Optional<StoredKey> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }
}
