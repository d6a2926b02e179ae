package io.leeway.cli;

import io.leeway.model.Proposal;
import io.leeway.policy.Suggestion;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.IntSupplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code leeway} with its subcommands; alone it serves. */
@Command(
        name = "leeway",
        description = "Decides how much leeway an AI agent has for exactly this action.",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "[COMMAND]",
        footer = {
            "",
            "Without a command: serve.",
            "LEEWAY_DATA_DIR, LEEWAY_POLICY_DIRECTORY, QUARKUS_HTTP_PORT, QUARKUS_HTTP_HOST and",
            "QUARKUS_DATASOURCE_JDBC_URL, _USERNAME, _PASSWORD configure the service."
        })
public final class Commands implements Callable<Integer> {
    /** System property that the service in this process sets to its address once it listens. */
    public static final String ADDRESS = "leeway.address";

    private final IntSupplier service;

    private Commands(IntSupplier service) {
        this.service = service;
    }

    /**
     * Runs what the arguments ask for.
     *
     * @param service serves in this process until told to stop, and returns its exit code
     * @param proposals reads a proposal from its JSON, or refuses it with a {@link io.leeway.model.Refusal}
     * @return 0 done, 1 not done, 2 wrong arguments or configuration, 3 a policy with errors, 4 tests failed,
     *     5 a policy that gives more leeway, 6 only the file of the emergency stop was written
     */
    public static int execute(IntSupplier service, Function<byte[], Proposal> proposals, String... arguments) {
        return execute(service, proposals, Terminal.system(), arguments);
    }

    static int execute(
            IntSupplier service, Function<byte[], Proposal> proposals, Terminal terminal, String... arguments) {
        return new CommandLine(new Commands(service))
                .addSubcommand(new ServeCommand(service))
                .addSubcommand(new DemoCommand(service, terminal))
                .addSubcommand(new DecideCommand(terminal))
                .addSubcommand(new VocabularyCommand(terminal))
                .addSubcommand(new NewCommand(terminal))
                .addSubcommand(new CheckCommand(terminal))
                .addSubcommand(new DiffCommand(terminal))
                .addSubcommand(new ProposeCommand(terminal))
                .addSubcommand(new StopCommand(terminal))
                .addSubcommand(new ReleaseCommand(terminal))
                .addSubcommand(new TestCommand(terminal))
                .addSubcommand(new ExplainCommand(terminal, proposals))
                .addSubcommand(new ConvertCommand(terminal))
                .setOut(new PrintWriter(terminal.out(), true))
                .setErr(new PrintWriter(terminal.err(), true))
                .setColorScheme(CommandLine.Help.defaultColorScheme(terminal.colour() ? Ansi.ON : Ansi.OFF))
                .setParameterExceptionHandler(Commands::misused)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    if (failure instanceof CommandException stopped) {
                        terminal.err().println("leeway: " + stopped.getMessage());
                        return stopped.exitCode();
                    }
                    throw failure;
                })
                .execute(arguments);
    }

    /** What was wrong, then the one command that may have been meant, or what there is. */
    private static int misused(ParameterException failure, String... arguments) {
        CommandLine command = failure.getCommandLine();
        command.getErr().println("leeway: " + failure.getMessage());
        String meant = failure instanceof UnmatchedArgumentException unmatched
                ? Suggestion.nearest(
                        unmatched.getUnmatched().get(0),
                        command.getSubcommands().keySet())
                : "";
        if (meant.isEmpty()) {
            command.usage(command.getErr());
        } else {
            command.getErr().println("Did you mean `" + command.getCommandSpec().qualifiedName() + " " + meant + "`?");
        }
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    @Override
    public Integer call() {
        return service.getAsInt();
    }
}
