package io.leeway.security;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A row of {@code api_key} as readers outside the lane see it. */
@Entity
@Immutable
@Table(name = "api_key")
@IdClass(ApiKeyRow.Key.class)
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields
class ApiKeyRow {
    @Id
    String realm;

    @Id
    String id;

    String name;

    @Column(name = "secret_hash")
    byte[] secretHash;

    String[] roles;
    String[] groups;
    String[] agents;
    boolean bootstrap;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "created_position")
    long position;

    @Column(name = "expires_at")
    Instant expiresAt;

    @Column(name = "revoked_at")
    @Nullable
    Instant revokedAt;

    StoredKey stored() {
        return new StoredKey(key(), secretHash);
    }

    ApiKey key() {
        return new ApiKey(
                id,
                name,
                roles(roles),
                List.of(groups),
                List.of(agents),
                createdAt,
                expiresAt,
                revokedAt,
                position,
                bootstrap);
    }

    /** A name that this version does not know is no role, and so gives no right. */
    static Set<Role> roles(String[] wire) {
        return Stream.of(wire).flatMap(one -> Role.of(one).stream()).collect(Collectors.toSet());
    }

    record Key(String realm, String id) {}
}
