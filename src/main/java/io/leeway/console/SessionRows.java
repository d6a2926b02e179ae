package io.leeway.console;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The sessions as they are kept. Times are the database's, the same for all replicas. */
@ApplicationScoped
class SessionRows implements PanacheRepositoryBase<SessionRow, SessionRow.Key> {
    /** Keeps a new one, and forgets those that are over. */
    @Transactional
    void open(String realm, String token, String keyId, Duration life) {
        Instant now = now();
        delete("realm = ?1 and endsAt <= ?2", realm, now);
        SessionRow row = new SessionRow();
        row.realm = realm;
        row.token = token;
        row.keyId = keyId;
        row.openedAt = now;
        row.endsAt = now.plus(life);
        persist(row);
    }

    /** The key that the session stands for; empty when there is none, or it is over. */
    @Transactional
    Optional<String> keyOf(String realm, String token) {
        return find("realm = ?1 and token = ?2 and endsAt > ?3", realm, token, now())
                .firstResultOptional()
                .map(row -> row.keyId);
    }

    @Transactional
    void close(String realm, String token) {
        delete("realm = ?1 and token = ?2", realm, token);
    }

    private Instant now() {
        return (Instant) getEntityManager()
                .createNativeQuery("select clock_timestamp()", Instant.class)
                .getSingleResult();
    }
}
