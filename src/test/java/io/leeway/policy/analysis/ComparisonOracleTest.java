package io.leeway.policy.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.model.Mode;
import io.leeway.model.Proposal;
import io.leeway.model.Stage;
import io.leeway.policy.PolicyTables;
import io.leeway.policy.Row;
import io.leeway.policy.analysis.Comparison.Difference;
import io.leeway.policy.analysis.Comparison.Meaning;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whether anybody gets more leeway, or less, against trying every proposal of a small world; each witness shows it. */
class ComparisonOracleTest {
    private static final long SEED = 91_000;
    private static final int PAIRS = Boolean.getBoolean("leeway.test.full") ? 5_000 : 500;

    @Test
    void enumerationSaysTheSame() {
        Map<Meaning, Integer> seen = new EnumMap<>(Meaning.class);
        for (int i = 0; i < PAIRS; i++) {
            SmallWorld world = new SmallWorld(SEED + i);
            PolicyTables before = world.tables();
            PolicyTables after = i % 20 == 0 ? before : world.changed();
            Comparison comparison = Comparison.of(before, after);
            String seed = "seed " + (SEED + i) + " " + comparison;
            List<Proposal> proposals = world.everyProposal();
            boolean looser = proposals.stream().anyMatch(it -> getsMore(before, after, it));
            boolean tighter = proposals.stream().anyMatch(it -> getsMore(after, before, it));
            assertThat(comparison.looser().isEmpty()).as(seed).isEqualTo(!looser);
            assertThat(comparison.tighter().isEmpty()).as(seed).isEqualTo(!tighter);
            comparison.looser().forEach(it -> shows(before, after, it, seed));
            comparison.tighter().forEach(it -> shows(after, before, it, seed));
            seen.merge(comparison.meaning(), 1, Integer::sum);
        }
        assertThat(seen.keySet()).contains(Meaning.EQUAL, Meaning.TIGHTER, Meaning.LOOSER, Meaning.BOTH);
        assertThat(seen.keySet()).doesNotContain(Meaning.UNPROVEN);
    }

    @Test
    void saysWhenItCannotTell() {
        PolicyTables tables = new SmallWorld(3).tables();
        assertThat(Comparison.of(tables, tables, 1, 1).meaning()).isEqualTo(Meaning.UNPROVEN);
    }

    private static void shows(PolicyTables stricter, PolicyTables looser, Difference difference, String seed) {
        assertThat(difference.witness()).as(seed).isNotNull();
        assertThat(getsMore(stricter, looser, difference.witness()))
                .as("%s%n%s", difference, seed)
                .isTrue();
    }

    /** By a second and plain reading of what leeway is; what is asked beside the mode counts at the stage that asks for it. */
    private static boolean getsMore(PolicyTables stricter, PolicyTables looser, Proposal proposal) {
        if (!SmallWorld.allows(looser, proposal)) {
            return false;
        }
        boolean known = stricter.unlisted(proposal) == null;
        List<Row> were = Outcomes.matching(stricter.rows(), proposal).stream()
                .filter(row -> known || !row.isAuthority())
                .toList();
        List<Row> are = Outcomes.matching(looser.rows(), proposal);
        Stage stage = proposal.agent().earned();
        Outcomes was = Outcomes.of(were, stage);
        Outcomes is = Outcomes.of(are, stage);
        if (is.mode().compareTo(was.mode()) < 0 || was.halt() && !is.halt()) {
            return true;
        }
        if (was.owed().stream()
                .anyMatch(owed -> is.owed().stream()
                        .noneMatch(it -> it.equals(owed)
                                || it.type().equals("sample")
                                        && owed.type().equals("sample")
                                        && Double.parseDouble(it.value()) >= Double.parseDouble(owed.value())))) {
            return true;
        }
        return is.mode() != Mode.HUMAN_IN_CONTROL
                && (were.stream()
                                .anyMatch(row -> row.outcome().approvers() != null
                                        && is.approvals()
                                                        .getOrDefault(
                                                                row.outcome()
                                                                        .approvers()
                                                                        .group(),
                                                                0)
                                                < row.outcome().approvers().quorum())
                        || were.stream().anyMatch(row -> isShorter(row.outcome().expires(), is.life())));
    }

    private static boolean isShorter(Duration one, Duration other) {
        return one != null && (other == null || one.compareTo(other) < 0);
    }
}
