package io.leeway.policy.check;

import io.leeway.policy.Finding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects findings, each once, and at most {@link #MOST} for a file. Not thread-safe. */
public final class Findings {
    /** How many findings about one file are kept: nobody reads more, and a hostile file could hold 200,000. */
    public static final int MOST = 1000;

    private final Set<Finding> all = new LinkedHashSet<>();
    private final Map<String, Integer> perFile = new HashMap<>();

    /**
     * Adds one.
     *
     * @param sheet null for csv
     * @param cell null when it concerns the whole file or sheet
     */
    public void report(FindingCode code, String file, @Nullable String sheet, @Nullable String cell, String message) {
        Finding finding = new Finding(code.severity(), code.code(), file, sheet, cell, message, code.help());
        if (perFile.getOrDefault(file, 0) < MOST && all.add(finding)) {
            if (perFile.merge(file, 1, Integer::sum) == MOST) {
                FindingCode tooMany = FindingCode.TOO_MANY_FINDINGS;
                String text = "more than `" + (MOST - 1) + "` findings in this file, the rest is left out";
                all.add(new Finding(tooMany.severity(), tooMany.code(), file, null, null, text, tooMany.help()));
            }
        }
    }

    /** Sorted by file, sheet, row, column. */
    public List<Finding> sorted() {
        List<Finding> sorted = new ArrayList<>(all);
        sorted.sort(Finding.ORDER);
        return List.copyOf(sorted);
    }

    public boolean hasErrors() {
        return all.stream().anyMatch(Finding::isError);
    }
}
