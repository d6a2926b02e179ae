package io.leeway.cli;

import io.leeway.model.Proposal;
import io.leeway.model.Refusal;
import io.leeway.model.Stage;
import io.leeway.model.Violation;
import io.leeway.policy.compile.CompiledPolicy;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code leeway explain FILE}: what each row says of a proposal, and what would change the verdict, offline. */
@Command(
        name = "explain",
        description = "Hold the proposal in a file against every row of a policy, without a service.",
        mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Function<byte[], Proposal> proposals;

    @Parameters(paramLabel = "FILE", description = "A proposal, or an example with a proposal in it.")
    private Path file = Path.of("");

    @Option(
            names = "--policy",
            paramLabel = "DIR",
            description = "Where workbooks, CSV and DRL files are; the shipped ones otherwise. May be repeated.")
    private List<Path> directories = List.of();

    @Option(
            names = "--stage",
            description = "What the agent has earned, ${DEFAULT-VALUE} otherwise: ${COMPLETION-CANDIDATES}.")
    private Stage stage = Stage.FULL;

    ExplainCommand(Terminal terminal, Function<byte[], Proposal> proposals) {
        this.terminal = terminal;
        this.proposals = proposals;
    }

    @Override
    public Integer call() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Example example = Example.read(file, now, Long.toString(now.toEpochMilli(), 36));
        Proposal sent = proposal(example);
        PolicyFiles files = PolicyFiles.load(directories(), now);
        CompiledPolicy policy = files.policy();
        if (policy == null) {
            files.printErrors(terminal);
            return PolicyFiles.FINDINGS;
        }
        Proposal proposal = sent.at(
                now, stage, policy.tables().requiredSchemas(sent.action().type()), 0, 0);
        terminal.out().println(example.title());
        terminal.out().print(ExplanationText.of(policy, proposal));
        return 0;
    }

    private List<Path> directories() {
        Path home = Installation.home();
        return directories.isEmpty() ? List.of(home.resolve("decision-tables"), home.resolve("rules")) : directories;
    }

    private Proposal proposal(Example example) {
        try {
            return proposals.apply(example.proposal());
        } catch (Refusal refusal) {
            StringBuilder message = new StringBuilder(refusal.detail());
            for (Violation violation : refusal.violations()) {
                message.append("\n  ").append(violation.pointer()).append("  ").append(violation.message());
            }
            throw CommandException.misused(message.toString());
        }
    }
}
