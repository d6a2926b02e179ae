package io.leeway.policy.compile;

import io.leeway.policy.Finding;
import io.leeway.policy.check.FindingCode;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with one DRL file. */
final class DrlFindings {
    private final String file;
    private final List<Finding> found = new ArrayList<>();

    DrlFindings(String file) {
        this.file = file;
    }

    /** @param line 1-based; less means that the whole file is meant */
    void add(FindingCode code, int line, String message, String help) {
        found.add(Finding.error(code.code(), file, null, line > 0 ? Integer.toString(line) : null, message, help));
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    List<Finding> all() {
        return List.copyOf(found);
    }
}
