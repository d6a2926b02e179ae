package io.leeway.console;

import io.leeway.model.Mode;
import java.util.List;

/**
 * A page of decisions, newest first.
 *
 * @param next query string of what follows, {@code ""} when nothing does
 */
record DecisionList(DecisionFilter filter, List<DecisionLine> lines, String next) {
    DecisionList {
        lines = List.copyOf(lines);
    }

    /** The modes, for choosing one. */
    public List<Mode> modes() {
        return List.of(Mode.values());
    }
}
