package io.leeway.control;

import io.leeway.model.StopLevel;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A row of {@code stop} as readers outside the lane see it. */
@Entity
@Immutable
@Table(name = "stop")
@IdClass(StopRow.Key.class)
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields
class StopRow {
    @Id
    String realm;

    @Id
    UUID id;

    @Column(name = "scope_kind")
    String scopeKind;

    @Column(name = "scope_value")
    String scopeValue;

    String level;
    boolean drill;
    String reason;
    String narrowings;

    @Column(name = "placed_by")
    String placedBy;

    @Column(name = "placed_at")
    Instant placedAt;

    @Column(name = "placed_position")
    long placedPosition;

    @Column(name = "requested_by")
    @Nullable
    String requestedBy;

    @Column(name = "requested_at")
    @Nullable
    Instant requestedAt;

    @Column(name = "request_reason")
    @Nullable
    String requestReason;

    @Column(name = "released_by")
    @Nullable
    String releasedBy;

    @Column(name = "released_at")
    @Nullable
    Instant releasedAt;

    @Column(name = "release_reason")
    @Nullable
    String releaseReason;

    Stop stop() {
        return new Stop(
                id,
                new NewStop(StopScope.of(scopeKind, scopeValue), StopLevel.valueOf(level), drill, reason),
                placedBy,
                placedAt,
                placedPosition,
                Narrowing.read(narrowings),
                consent(requestedBy, requestedAt, requestReason),
                consent(releasedBy, releasedAt, releaseReason));
    }

    private static Stop.@Nullable Consent consent(@Nullable String by, @Nullable Instant at, @Nullable String reason) {
        return by == null || at == null || reason == null ? null : new Stop.Consent(by, at, reason);
    }

    record Key(String realm, UUID id) {}
}
