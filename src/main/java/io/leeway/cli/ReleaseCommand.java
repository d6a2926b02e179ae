package io.leeway.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code leeway release ID}: one person's part in the release of a stop, or of a part of it. */
@Command(
        name = "release",
        description = "Release a stop: it ends when a second person asks for the same. A drill ends at once.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:released, or noted until a second person agrees", "1:refused", "2:wrong arguments"})
final class ReleaseCommand implements Callable<Integer> {
    private static final int NOTED = 202;

    private final Terminal terminal;

    @Mixin
    private ServiceOptions service = new ServiceOptions();

    @Parameters(paramLabel = "ID", description = "The stop's id.")
    private String id = "";

    @Option(
            names = {"-r", "--reason"},
            required = true,
            paramLabel = "TEXT",
            description = "Why it may go.")
    private String reason = "";

    @Option(
            names = "--first",
            arity = "2",
            paramLabel = "KIND VALUE",
            description = "Let only this go, and hold everybody else on: `--first agent billing-bot`.")
    private String @Nullable [] first;

    ReleaseCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("reason", reason);
        String part = "";
        if (first != null) {
            body.putObject("first").put("kind", first[0]).put("value", first[1]);
            part = " of " + first[0] + " " + first[1];
        }
        ServiceClient.Answer answer = service.connect(terminal.environment())
                .post("/v1/stops/" + ServiceClient.segment(id) + "/release", body);
        if (!answer.succeeded()) {
            terminal.err().println("leeway: " + Printable.of(answer.problem()));
            return 1;
        }
        terminal.out()
                .println(Printable.of(
                        answer.status() == NOTED
                                ? "noted: the stop" + part + " holds until a second person asks for the same"
                                : "released: the stop" + part + " holds no longer"));
        return 0;
    }
}
