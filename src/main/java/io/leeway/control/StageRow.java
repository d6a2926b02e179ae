package io.leeway.control;

import io.leeway.model.Stage;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A row of {@code stage} as readers outside the lane see it. */
@Entity
@Immutable
@Table(name = "stage")
@IdClass(StageRow.Key.class)
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields
class StageRow {
    @Id
    String realm;

    @Id
    String agent;

    @Id
    String action;

    String stage;
    String reason;

    @Column(name = "set_by")
    String setBy;

    @Column(name = "set_at")
    Instant setAt;

    @Column(name = "changed_position")
    long position;

    @Nullable
    Instant until;

    @Column(name = "proposed_by")
    @Nullable
    String proposedBy;

    StageSetting setting() {
        return new StageSetting(agent, action, Stage.valueOf(stage), reason, setBy, setAt, position, until, proposedBy);
    }

    record Key(String realm, String agent, String action) {}
}
