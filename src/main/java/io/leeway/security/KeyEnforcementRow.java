package io.leeway.security;

import io.leeway.security.KeyEnforcement.Consent;
import io.leeway.security.KeyEnforcement.Mode;
import io.leeway.security.KeyEnforcement.Request;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A row of {@code key_enforcement} as readers outside the lane see it. */
@Entity
@Immutable
@Table(name = "key_enforcement")
@IdClass(KeyEnforcementRow.Key.class)
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields
class KeyEnforcementRow {
    @Id
    String realm;

    @Id
    @Column(name = "key_id")
    String keyId;

    String enforcement;

    @Nullable
    Instant until;

    @Column(name = "asked_by")
    @Nullable
    String askedBy;

    @Column(name = "asked_at")
    @Nullable
    Instant askedAt;

    @Column(name = "ask_reason")
    @Nullable
    String askReason;

    @Column(name = "set_by")
    @Nullable
    String setBy;

    @Column(name = "set_at")
    @Nullable
    Instant setAt;

    @Column(name = "set_reason")
    @Nullable
    String setReason;

    @Column(name = "set_position")
    @Nullable
    Long setPosition;

    @Column(name = "requested_until")
    @Nullable
    Instant requestedUntil;

    @Column(name = "requested_by")
    @Nullable
    String requestedBy;

    @Column(name = "requested_at")
    @Nullable
    Instant requestedAt;

    @Column(name = "request_reason")
    @Nullable
    String requestReason;

    KeyEnforcement enforcement() {
        Consent requested = consent(requestedBy, requestedAt, requestReason);
        return new KeyEnforcement(
                keyId,
                Mode.valueOf(enforcement),
                until,
                consent(askedBy, askedAt, askReason),
                consent(setBy, setAt, setReason),
                requested == null || requestedUntil == null ? null : new Request(requestedUntil, requested),
                setPosition);
    }

    static @Nullable Consent consent(@Nullable String by, @Nullable Instant at, @Nullable String reason) {
        return by == null || at == null || reason == null ? null : new Consent(by, at, reason);
    }

    record Key(String realm, String keyId) {}
}
