package io.leeway.security;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** Reads of keys that need no place in the order. */
@ApplicationScoped
class ApiKeyRows implements PanacheRepositoryBase<ApiKeyRow, ApiKeyRow.Key> {
    @Transactional
    List<ApiKey> list(String realm, long before, int limit) {
        return find("realm = ?1 and position < ?2 order by position desc", realm, before).page(0, limit).stream()
                .map(ApiKeyRow::key)
                .toList();
    }

    /** Those of the ids that exist, and the database's clock. */
    @Transactional
    Found find(String realm, Collection<String> ids) {
        List<StoredKey> keys = find("realm = ?1 and id in ?2", realm, ids).stream()
                .map(ApiKeyRow::stored)
                .toList();
        return new Found(keys, now());
    }

    @Transactional
    boolean isLive(String realm, String id) {
        return count("realm = ?1 and id = ?2 and revokedAt is null and expiresAt > ?3", realm, id, now()) == 1;
    }

    private Instant now() {
        return (Instant) getEntityManager()
                .createNativeQuery("select clock_timestamp()", Instant.class)
                .getSingleResult();
    }

    record Found(List<StoredKey> keys, Instant now) {}
}
