package io.leeway.console;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;

/** Somebody who is signed in. */
@NullUnmarked // Hibernate fills the fields.
@Entity
@Table(name = "console_session")
@IdClass(SessionRow.Key.class)
class SessionRow {
    @Id
    String realm;

    /** Hex SHA-256 of what the browser holds. */
    @Id
    String token;

    @Column(name = "key_id")
    String keyId;

    @Column(name = "opened_at")
    Instant openedAt;

    @Column(name = "ends_at")
    Instant endsAt;

    record Key(String realm, String token) implements Serializable {}
}
