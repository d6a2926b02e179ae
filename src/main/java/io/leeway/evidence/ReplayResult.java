package io.leeway.evidence;

import io.leeway.decision.Decision.PolicyReference;
import io.leeway.model.Directive;
import io.leeway.model.Mode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a version would have answered to recorded decisions.
 *
 * @param policy the version that was replayed
 * @param from position of the first entry of the range
 * @param to position after its last entry
 * @param inRange how many decisions there are in the range
 * @param decisions how many of them were taken, newest first; fewer than {@code inRange} only under a limit
 * @param matrix how many came to each mode, by recorded mode, then by mode under the version; every pair is there
 * @param loosened decisions that get more leeway, by the rules that cause it: most decisions first
 * @param tightened decisions that get less, likewise
 * @param newlyAutonomous amounts that would have moved without a person and did not, by currency
 * @param notReplayed how many could not be replayed, by reason; reasons without decisions are left out
 */
public record ReplayResult(
        PolicyReference policy,
        long from,
        long to,
        long inRange,
        long decisions,
        Map<Mode, Map<Mode, Long>> matrix,
        List<Change> loosened,
        List<Change> tightened,
        Map<String, BigDecimal> newlyAutonomous,
        Map<NotReplayed, Long> notReplayed) {
    public ReplayResult {
        loosened = List.copyOf(loosened);
        tightened = List.copyOf(tightened);
    }

    /** How many came to another mode, or to another directive with the same one. */
    public long changed() {
        return decisions(loosened) + decisions(tightened);
    }

    private static long decisions(List<Change> changes) {
        return changes.stream().mapToLong(Change::decisions).sum();
    }

    /**
     * An answer.
     *
     * @param mode human in control for both {@code HAND_OVER} and {@code HALT}
     */
    public record Answer(Mode mode, Directive directive) {}

    /**
     * Decisions that change in the same way for the same rules.
     *
     * @param from null where {@code rules} is empty
     * @param to null where {@code rules} is empty
     * @param rules what causes it; empty for the one change that sums up the rest when there are too many to tell apart
     * @param money amounts by currency; what has no amount adds nothing
     * @param samples ids of the newest of them
     */
    public record Change(
            @Nullable Answer from,
            @Nullable Answer to,
            List<CausingRule> rules,
            long decisions,
            Map<String, BigDecimal> money,
            Agents agents,
            List<UUID> samples) {
        public Change {
            rules = List.copyOf(rules);
            samples = List.copyOf(samples);
        }
    }

    /**
     * Whose decisions they are.
     *
     * @param count how many agents
     * @param exact false when there are more agents than are told apart, and {@code count} is the least that there are
     * @param first some of them: those of the newest decisions
     */
    public record Agents(long count, boolean exact, List<String> first) {
        public Agents {
            first = List.copyOf(first);
        }
    }

    /** Why a decision could not be replayed. */
    public enum NotReplayed {
        ERASED("its facts were erased"),
        NO_POLICY("no policy version was active, so there was nothing to compare with"),
        NOT_EVALUATED("the rules could not be evaluated then, so nobody knows what they would have said"),
        UNREADABLE("what is recorded beside it cannot be read"),
        NOT_RECORDED("this version asks for recent activity that was not asked for then, and so is not in the record"),
        REFUSED("this version declares the action otherwise, and would refuse it"),
        EVALUATION_FAILED("the rules of this version could not be evaluated");

        private final String words;

        NotReplayed(String words) {
            this.words = words;
        }

        /** For people, as the end of a sentence. */
        public String words() {
            return words;
        }
    }
}
