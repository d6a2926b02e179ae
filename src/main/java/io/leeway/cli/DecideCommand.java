package io.leeway.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code leeway decide FILE…}: asks a running service, and shows each verdict. */
@Command(
        name = "decide",
        description = "Ask a running service to decide the proposal in each file, and show the verdicts.",
        mixinStandardHelpOptions = true)
final class DecideCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ServiceOptions service = new ServiceOptions();

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "A proposal, or an example with a proposal in it.")
    private List<Path> files = List.of();

    DecideCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** 1 when the service refused one of them; the others are decided all the same. */
    @Override
    public Integer call() {
        ServiceClient client = service.connect(terminal.environment());
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        String run = Long.toString(now.toEpochMilli(), 36);
        List<Example> examples =
                files.stream().map(file -> Example.read(file, now, run)).toList();
        int exitCode = 0;
        for (Example example : examples) {
            terminal.out().println(example.title());
            ServiceClient.Answer answer = client.post("/v1/decisions", example.proposal());
            if (answer.succeeded()) {
                terminal.out().println(VerdictText.of(answer.body(), terminal.colour()));
            } else {
                terminal.err().println("leeway: " + answer.problem());
                exitCode = 1;
            }
        }
        return exitCode;
    }
}
