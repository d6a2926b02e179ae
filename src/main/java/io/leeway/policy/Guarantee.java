package io.leeway.policy;

import io.leeway.model.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One line of a {@code Guarantees} sheet: something that must be so whatever is proposed, and whoever edits the tables.
 *
 * @param id unique among the guarantees of the version
 * @param sheet null for csv
 * @param number 1-based row in the sheet
 * @param idCell {@code A4}
 * @param when where it must be so; everywhere when there is no condition
 * @param then what must be so
 * @param thenCell {@code C4}
 * @param owner who answers for it, {@code ""} for nobody
 * @param why {@code ""} for no reason given
 */
public record Guarantee(
        String id,
        String file,
        @Nullable String sheet,
        int number,
        String idCell,
        List<Condition> when,
        Bound then,
        String thenCell,
        String owner,
        String why) {
    public Guarantee {
        when = List.copyOf(when);
    }

    /** How lenient a verdict may be at most. Only that can be promised: rules in DRL may make any verdict stricter. */
    public enum Bound {
        NEVER_AUTONOMOUS(Mode.HUMAN_IN_THE_LOOP, "never Autonomous", "at least Human in the loop"),
        ALWAYS_HUMAN_IN_CONTROL(
                Mode.HUMAN_IN_CONTROL,
                "always Human in control",
                "at least Human in control",
                "never Autonomous, Human in the loop",
                "never Autonomous or Human in the loop",
                "never Human in the loop, Autonomous"),
        /** Nobody does it, neither agent nor person. */
        ALWAYS_PROHIBITED(Mode.HUMAN_IN_CONTROL, "always Prohibited", "at least Prohibited");

        private final Mode least;
        private final List<String> spellings;

        Bound(Mode least, String... spellings) {
            this.least = least;
            this.spellings = List.of(spellings);
        }

        /** The most lenient mode that keeps it. */
        public Mode least() {
            return least;
        }

        /** As cells spell it. */
        public String words() {
            return spellings.get(0);
        }

        /** What the cell spells in any case, null when it spells none. */
        public static @Nullable Bound parse(String text) {
            String plain = text.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
            for (Bound bound : values()) {
                if (bound.spellings.stream()
                        .anyMatch(it -> it.toLowerCase(Locale.ROOT).equals(plain))) {
                    return bound;
                }
            }
            return null;
        }

        /** Every spelling that is understood. */
        public static List<String> spellings() {
            List<String> all = new ArrayList<>();
            for (Bound bound : values()) {
                all.addAll(bound.spellings);
            }
            return all;
        }
    }

    /** Where the line stands, as a person looks for it: {@code guarantees.csv row 4}. */
    public String place() {
        return file + (sheet == null ? "" : " " + sheet) + " row " + number;
    }
}
