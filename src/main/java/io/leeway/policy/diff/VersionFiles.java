package io.leeway.policy.diff;

import io.leeway.policy.PolicyFile;
import io.leeway.policy.PolicyTables;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of two versions that are compared.
 *
 * @param files with their original bytes
 * @param tables what the workbooks among them say; null when they have errors, and then only cells can be compared
 */
public record VersionFiles(List<PolicyFile> files, @Nullable PolicyTables tables) {
    public VersionFiles {
        files = List.copyOf(files);
    }
}
