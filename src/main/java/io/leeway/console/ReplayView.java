package io.leeway.console;

import io.leeway.evidence.ReplayJob;
import io.leeway.evidence.ReplayResult;
import io.leeway.model.Mode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A replay, under way or done. */
record ReplayView(ReplayJob job, @Nullable ReplayResult result) {
    static ReplayView of(ReplayJob job) {
        return new ReplayView(job, job.result());
    }

    public boolean isUnderWay() {
        return !job.isOver();
    }

    public List<Mode> modes() {
        return List.of(Mode.values());
    }

    /** How many went from one mode to another. */
    public long count(Mode from, Mode to) {
        return result == null ? 0 : result.matrix().getOrDefault(from, Map.of()).getOrDefault(to, 0L);
    }

    /** How the style sheet shows a field of the matrix. */
    public String style(Mode from, Mode to) {
        return count(from, to) == 0 ? "zero" : from == to ? "same" : to.compareTo(from) < 0 ? "loosened" : "tightened";
    }

    static String money(Map<String, BigDecimal> amounts) {
        return amounts.entrySet().stream()
                .map(one -> one.getValue().toPlainString() + " " + one.getKey())
                .sorted()
                .collect(Collectors.joining(", "));
    }

    public String newlyAutonomous() {
        return result == null ? "" : money(result.newlyAutonomous());
    }
}
