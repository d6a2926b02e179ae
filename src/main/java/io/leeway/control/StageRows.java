package io.leeway.control;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads of stages that need no place in the order. */
@ApplicationScoped
class StageRows implements PanacheRepositoryBase<StageRow, StageRow.Key> {
    @Transactional
    List<StageSetting> list(String realm, @Nullable String agent, long before, int limit) {
        return (agent == null
                        ? find("realm = ?1 and position < ?2 order by position desc", realm, before)
                        : find(
                                "realm = ?1 and position < ?2 and agent = ?3 order by position desc",
                                realm,
                                before,
                                agent))
                .page(0, limit).stream().map(StageRow::setting).toList();
    }

    @Transactional
    Optional<StageSetting> find(String realm, String agent, String action) {
        return findByIdOptional(new StageRow.Key(realm, agent, action)).map(StageRow::setting);
    }
}
