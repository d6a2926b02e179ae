package io.leeway.decision;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;

/** What decisions are searched by. */
@NullUnmarked // Hibernate fills the fields.
@Entity
@Table(name = "decision_summary")
@IdClass(DecisionSummaryRow.Key.class)
class DecisionSummaryRow {
    @Id
    String realm;

    @Id
    long position;

    @Column(name = "decided_at")
    Instant decidedAt;

    /** Each a {@link SearchTerm}. */
    long[] terms;

    record Key(String realm, long position) implements Serializable {}
}
