package io.leeway.policy;

import io.leeway.model.Effect;
import io.leeway.model.Mode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One line of a {@code Tests} sheet: a proposal with the facts around it, and what must become of it.
 *
 * @param id unique among the tests of the version
 * @param sheet null for csv
 * @param number 1-based row in the sheet
 * @param idCell {@code A4}
 * @param headings of its sheet, from left to right
 * @param given what the line says, by column; what it leaves blank is absent
 * @param expected at least one of its parts is there
 */
public record TestCase(
        String id,
        String file,
        @Nullable String sheet,
        int number,
        String idCell,
        List<String> headings,
        List<Given> given,
        Expectation expected) {
    public TestCase {
        headings = List.copyOf(headings);
        given = List.copyOf(given);
    }

    /**
     * One cell of the proposal.
     *
     * @param value {@link String}, {@link java.math.BigDecimal}, {@link Boolean} or {@link java.time.Instant}, as the input says
     */
    public record Given(TestInput input, Object value, String cell) {}

    /**
     * What must come of it; null where the line does not say.
     *
     * @param rows ids of all rows and DRL rules that must match, and no others
     * @param because the reason of the verdict, verbatim
     */
    public record Expectation(
            @Nullable Cell<Answer> mode,
            @Nullable Cell<List<String>> rows,
            @Nullable Cell<String> because) {
        public boolean isEmpty() {
            return mode == null && rows == null && because == null;
        }
    }

    /** A value, and where it stands. */
    public record Cell<T>(T value, String address) {}

    /** What may become of a proposal, as cells spell it. */
    public enum Answer {
        AUTONOMOUS("Autonomous"),
        HUMAN_IN_THE_LOOP("Human in the loop"),
        HUMAN_IN_CONTROL("Human in control"),
        /** Human in control, and nobody may do it. */
        PROHIBITED("Prohibited"),
        /** It is not what the {@code Actions} and {@code Vocabulary} sheets ask for, so nothing is decided. */
        REFUSED("Refused");

        private final String words;

        Answer(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }

        /** The answer that the cell spells, null when it spells none. */
        public static @Nullable Answer parse(String text) {
            for (Answer answer : values()) {
                if (answer.words.equals(text.strip())) {
                    return answer;
                }
            }
            return null;
        }

        /** What the rules came to. */
        public static Answer of(Combination combination) {
            boolean prohibited =
                    combination.outcomes().stream().anyMatch(outcome -> outcome.effect() == Effect.PROHIBIT);
            return prohibited ? PROHIBITED : of(combination.mode());
        }

        private static Answer of(Mode mode) {
            return switch (mode) {
                case AUTONOMOUS -> AUTONOMOUS;
                case HUMAN_IN_THE_LOOP -> HUMAN_IN_THE_LOOP;
                case HUMAN_IN_CONTROL -> HUMAN_IN_CONTROL;
            };
        }
    }

    /** Where the line stands, as a person looks for it: {@code tests.csv row 4}. */
    public String place() {
        return String.format(Locale.ROOT, "%s%s row %d", file, sheet == null ? "" : " " + sheet, number);
    }
}
