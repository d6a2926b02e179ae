package io.leeway.cli;

import io.leeway.policy.Finding;
import io.leeway.policy.PolicyFile;
import io.leeway.policy.compile.CompiledPolicy;
import io.leeway.policy.release.PolicyDirectory;
import io.leeway.policy.release.PolicyLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A policy from directories, without a service.
 *
 * @param policy null when a finding is an error
 */
record PolicyFiles(@Nullable CompiledPolicy policy, List<Finding> findings, List<PolicyFile> files) {
    /** Exit code when the files are not a policy. */
    static final int FINDINGS = 3;

    /**
     * Reads, checks and compiles what is directly in the directories.
     *
     * @param now decides which rows are expired and which reviews are due
     */
    static PolicyFiles load(List<Path> directories, Instant now) {
        for (Path directory : directories) {
            if (!Files.isDirectory(directory)) {
                throw CommandException.misused("`" + directory + "` is no directory");
            }
        }
        try {
            LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
            List<PolicyFile> files = PolicyDirectory.read(directories);
            PolicyLoader.Loaded loaded = PolicyLoader.load("files", files, today);
            return new PolicyFiles(loaded.policy(), loaded.findings(), files);
        } catch (IOException e) {
            throw CommandException.misused("`" + e.getMessage() + "` cannot be read");
        }
    }

    /** The findings that keep the files from being a policy, one a line. */
    void printErrors(Terminal terminal) {
        findings.stream()
                .filter(Finding::isError)
                .forEach(finding -> terminal.err().println(finding));
    }
}
