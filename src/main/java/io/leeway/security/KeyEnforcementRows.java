package io.leeway.security;

import io.leeway.security.KeyEnforcement.Mode;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;

/** Reads of what was set for keys that need no place in the order. */
@ApplicationScoped
class KeyEnforcementRows implements PanacheRepositoryBase<KeyEnforcementRow, KeyEnforcementRow.Key> {
    @Transactional
    Optional<KeyEnforcement> find(String realm, String keyId) {
        return findByIdOptional(new KeyEnforcementRow.Key(realm, keyId)).map(KeyEnforcementRow::enforcement);
    }

    /** Those that are observed, or were when their time ended. */
    @Transactional
    List<KeyEnforcement> observed(String realm) {
        return find("realm = ?1 and enforcement = ?2", realm, Mode.OBSERVE.name()).stream()
                .map(KeyEnforcementRow::enforcement)
                .toList();
    }
}
