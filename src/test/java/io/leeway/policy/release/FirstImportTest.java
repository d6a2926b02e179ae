package io.leeway.policy.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.policy.Finding;
import io.leeway.policy.PolicyFile;
import io.leeway.testing.SheetBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files the first start puts in force, and what it says of others. */
class FirstImportTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    @TempDir
    Path directory;

    /** Preparing asks no ledger. */
    private final PolicyVersions versions = new PolicyVersions(null);

    private final CompiledVersions compiled = new CompiledVersions(null, versions);
    private final ActivePolicy active = new ActivePolicy(null, versions, compiled);

    @Test
    void takesWhatKeepsItsGuaranteesAndPassesItsTests() throws IOException {
        write(remit());
        write(guarantee("action.amount > 500"));
        write(test(500, "Autonomous"));

        assertThat(prepare().isAcceptable()).as(active.findings().toString()).isTrue();
        assertThat(active.findings()).noneMatch(Finding::isError);
    }

    @Test
    void refusesWhatBreaksAGuarantee() throws IOException {
        write(remit());
        write(guarantee("action.amount > 400"));

        assertThat(prepare().isAcceptable()).isFalse();
        assertThat(errors()).containsExactly("broken-guarantee");
    }

    @Test
    void refusesWhatFailsItsTests() throws IOException {
        write(remit());
        write(test(501, "Autonomous"));

        assertThat(prepare().isAcceptable()).isFalse();
        assertThat(errors()).containsExactly("failed-test");
    }

    @Test
    void saysThatADirectoryCannotBeRead() {
        FirstImport.Prepared prepared = imports().prepare(List.of(directory.resolve("none")), NOW);

        assertThat(prepared.isAcceptable()).isFalse();
        assertThat(errors()).containsExactly("unreadable-directory");
    }

    private FirstImport.Prepared prepare() {
        return imports().prepare(List.of(directory), NOW);
    }

    private FirstImport imports() {
        return imports(versions, compiled, active);
    }

    static FirstImport imports(PolicyVersions versions, CompiledVersions compiled, ActivePolicy active) {
        return new FirstImport(
                versions, compiled, new Activations(versions, compiled, new Approvals(versions)), active);
    }

    private List<String> errors() {
        return active.findings().stream()
                .filter(Finding::isError)
                .map(Finding::code)
                .toList();
    }

    private void write(PolicyFile file) throws IOException {
        Files.write(directory.resolve(file.name()), file.bytes());
    }

    private static PolicyFile remit() {
        return SheetBuilder.policy("Remit", "owner@example.com")
                .table("Remit")
                .name()
                .condition("Currency", "action.currency == \"$param\"")
                .condition("Amount up to", "action.amount <= $param")
                .grant()
                .because()
                .row("REM-01", "USD", 500, "Autonomous", "Small ones.")
                .csv("remit.csv");
    }

    private static PolicyFile guarantee(String when) {
        return SheetBuilder.of(
                        "Guarantees",
                        List.of(
                                "Guarantees",
                                "Id | When | Then | Owner | Why",
                                "G-1 | " + when + " | never Autonomous"))
                .csv("guarantees.csv");
    }

    private static PolicyFile test(int amount, String mode) {
        return SheetBuilder.of(
                        "Tests",
                        List.of(
                                "Tests",
                                "Id | action.currency | action.amount | expect.mode",
                                "T-1 | USD | " + amount + " | " + mode))
                .csv("tests.csv");
    }
}
