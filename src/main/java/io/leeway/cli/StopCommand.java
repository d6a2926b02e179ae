package io.leeway.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leeway.control.EmergencyStop;
import io.leeway.control.StopScope;
import io.leeway.model.StopLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code leeway stop}: places a stop; of everything also where no service answers, by the file of the emergency stop. */
@Command(
        name = "stop",
        description = "Stop agents at once: everything, an agent, a type of action, a subject or a trace.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the stop holds at every replica",
            "1:nothing was stopped",
            "2:wrong arguments",
            "6:no service could be asked; only the file of the emergency stop was written"
        },
        footer = {
            "",
            "Where no service answers, `leeway stop --all` writes the file STOP into LEEWAY_DATA_DIR (default: data)."
        })
final class StopCommand implements Callable<Integer> {
    private static final int FILE_ONLY = 6;

    private final Terminal terminal;

    @Mixin
    private ServiceOptions service = new ServiceOptions();

    @ArgGroup(multiplicity = "1")
    private Scope scope = new Scope();

    @Option(
            names = {"-r", "--reason"},
            required = true,
            paramLabel = "TEXT",
            description = "Why; agents and people are told.")
    private String reason = "";

    @Option(
            names = "--level",
            paramLabel = "LEVEL",
            description = "HALT: nothing goes (the default); APPROVE_ALL: nothing goes without a person's approval.")
    private StopLevel level = StopLevel.HALT;

    @Option(names = "--drill", description = "Only to be noticed and acknowledged: it holds nothing.")
    private boolean drill;

    /** What to stop: one of them. */
    static final class Scope {
        @Option(names = "--all", required = true, description = "Everything.")
        private boolean all;

        @Option(names = "--agent", paramLabel = "ID", required = true, description = "One agent.")
        private @Nullable String agent;

        @Option(
                names = "--action",
                paramLabel = "TYPE",
                required = true,
                description = "A type of action, or a family of them: `billing.*`.")
        private @Nullable String action;

        @Option(names = "--subject", paramLabel = "TYPE/ID", required = true, description = "One subject.")
        private @Nullable String subject;

        @Option(names = "--trace", paramLabel = "ID", required = true, description = "One trace.")
        private @Nullable String trace;

        private ObjectNode json() {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            put(json, StopScope.Kind.AGENT, agent);
            put(json, StopScope.Kind.ACTION, action);
            put(json, StopScope.Kind.SUBJECT, subject);
            put(json, StopScope.Kind.TRACE, trace);
            return json.isEmpty() ? json.put("kind", StopScope.Kind.ALL.wire()) : json;
        }

        private static void put(ObjectNode json, StopScope.Kind kind, @Nullable String value) {
            if (value != null) {
                json.put("kind", kind.wire()).put("value", value);
            }
        }
    }

    StopCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("scope", scope.json());
        body.put("reason", reason);
        if (level != StopLevel.HALT) {
            body.put("level", level.name());
        }
        if (drill) {
            body.put("drill", true);
        }
        ServiceClient.Answer answer;
        try {
            answer = service.connect(terminal.environment()).postNow("/v1/stops", body);
        } catch (CommandException e) {
            return withoutService(e);
        }
        if (answer.succeeded()) {
            String id = answer.body().path("id").asText();
            terminal.out()
                    .println((drill ? "drill " : "stop ") + id + (drill ? " has begun" : " holds at every replica"));
            terminal.out()
                    .println("to end it: leeway release " + id + " --reason TEXT" + (drill ? "" : ", by two people"));
            return 0;
        }
        if (answer.failed()) {
            return withoutService(CommandException.failed(answer.problem()));
        }
        terminal.err().println("leeway: " + Printable.of(answer.problem()));
        return 1;
    }

    /** The file knows one thing only: everything, at once. */
    private int withoutService(CommandException cause) {
        if (!scope.all || drill || level != StopLevel.HALT) {
            throw cause;
        }
        terminal.err().println("leeway: " + Printable.of(String.valueOf(cause.getMessage())));
        String configured = terminal.environment().getOrDefault("LEEWAY_DATA_DIR", "");
        Path directory = Path.of(configured.isBlank() ? "data" : configured);
        if (!Files.isDirectory(directory)) {
            throw CommandException.failed("`" + directory
                    + "` is no data directory either, so nothing was stopped; name the replica's with LEEWAY_DATA_DIR");
        }
        write(directory.resolve(EmergencyStop.FILE));
        return FILE_ONLY;
    }

    private void write(Path file) {
        try {
            Files.writeString(file, reason + System.lineSeparator());
        } catch (IOException e) {
            throw CommandException.failed("nothing was stopped: `" + file + "` cannot be written: " + e.getMessage());
        }
        terminal.out().println("wrote " + file.toAbsolutePath());
        terminal.out()
                .println(
                        "The replica with this data directory gives no verdict within a second, and none when it is started."
                                + " Other replicas do not know of it until it has reached the database: write the file there, too.");
        terminal.out()
                .println(
                        "To go on: delete the file. The stop of everything that it leaves in the ledger is released by two"
                                + " people.");
    }
}
