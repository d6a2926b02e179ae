package io.leeway.control;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads of stops that need no place in the order. */
@ApplicationScoped
class StopRows implements PanacheRepositoryBase<StopRow, StopRow.Key> {
    @Transactional
    List<Stop> list(String realm, long before, int limit) {
        return find("realm = ?1 and placedPosition < ?2 order by placedPosition desc", realm, before)
                .page(0, limit)
                .stream()
                .map(StopRow::stop)
                .toList();
    }

    @Transactional
    List<Stop> inForce(String realm) {
        return find("realm = ?1 and releasedAt is null order by placedPosition desc", realm).stream()
                .map(StopRow::stop)
                .toList();
    }

    @Transactional
    Optional<Stop> find(String realm, UUID id) {
        return findByIdOptional(new StopRow.Key(realm, id)).map(StopRow::stop);
    }
}
