package io.leeway.cli;

import io.leeway.api.json.ProposalReader;
import io.leeway.model.Proposal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntSupplier;

/** Commands run in this process, and what they print. */
final class CommandRun {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final IntSupplier service;
    private final Function<byte[], Proposal> proposals;

    /**
     * @param service what {@code serve} runs, and its exit code
     * @param proposals how commands read proposals
     */
    CommandRun(IntSupplier service, Function<byte[], Proposal> proposals) {
        this.service = service;
        this.proposals = proposals;
    }

    /** Where nothing is served. */
    static CommandRun offline() {
        return new CommandRun(
                CommandRun::unserved, body -> ProposalReader.read(body).proposal());
    }

    /** Where nothing is served, and no proposal is read. */
    static CommandRun onTables() {
        return new CommandRun(CommandRun::unserved, body -> {
            throw new AssertionError("no proposal is to be read");
        });
    }

    private static int unserved() {
        throw new AssertionError("nothing is to be served");
    }

    /** Runs a command on no terminal, and gives its exit code. */
    int run(String... arguments) {
        return run(false, Map.of(), arguments);
    }

    /** Runs a command, and gives its exit code. */
    int run(boolean colour, Map<String, String> environment, String... arguments) {
        Terminal terminal = new Terminal(stream(out), stream(err), colour, environment);
        return Commands.execute(service, proposals, terminal, arguments);
    }

    /** What was printed since it was last asked for. */
    String output() {
        return take(out);
    }

    /** What was printed as errors since they were last asked for. */
    String errors() {
        return take(err);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static String take(ByteArrayOutputStream stream) {
        String text = stream.toString(StandardCharsets.UTF_8);
        stream.reset();
        return text;
    }
}
