package io.leeway.policy.compile;

import io.leeway.policy.Finding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of compiling a version.
 *
 * @param policy null when a finding is an error
 * @param findings in {@link Finding#ORDER}
 */
public record Compilation(@Nullable CompiledPolicy policy, List<Finding> findings) {
    public Compilation {
        findings = List.copyOf(findings);
    }
}
