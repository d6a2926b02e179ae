package io.leeway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What the demo tells: the shipped examples, decided one after the other by the service beside it. */
final class DemoStories {
    private static final String STAGES = "stages.json";

    private final Terminal terminal;
    private final PrintStream out;
    private final URI service;
    private final DemoKeys keys;
    private final Path examples;
    private boolean consumed;

    DemoStories(Terminal terminal, URI service, DemoKeys keys, Path examples) {
        this.terminal = terminal;
        this.out = terminal.out();
        this.service = service;
        this.keys = keys;
        this.examples = examples;
    }

    /**
     * Stages the agents, decides every example in the order of the file names, and shows that a permit is good once.
     *
     * @return the last proposal sent, for the reader to send again
     */
    byte[] tell() {
        stageAgents();
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        String run = Long.toString(now.toEpochMilli(), 36);
        byte[] last = new byte[0];
        int surprises = 0;
        List<Path> files = files();
        for (Path file : files) {
            Example example = Example.read(file, now, run);
            surprises += decide(example) ? 0 : 1;
            last = example.proposal();
        }
        out.println(
                surprises == 0
                        ? files.size() + " proposals, each decided as its story expects."
                        : surprises + " of " + files.size()
                                + " proposals were decided otherwise than their story expects.");
        return last;
    }

    private boolean decide(Example example) {
        ServiceClient agent = keys.as("agent", service);
        out.println();
        out.println(example.title());
        if (!example.story().isEmpty()) {
            out.println("  " + example.story());
        }
        ServiceClient.Answer answer = agent.post("/v1/decisions", example.proposal());
        if (!answer.succeeded()) {
            throw CommandException.failed("`" + example.title() + "` was refused: " + answer.problem());
        }
        JsonNode verdict = answer.body();
        out.print(VerdictText.of(verdict, terminal.colour()));
        if (verdict.path("permit").isObject() && !consumed) {
            consumed = true;
            consumeTwice(agent, verdict);
        }
        String mode = verdict.path("mode").asText();
        boolean asExpected = example.expect().isEmpty() || example.expect().equals(mode);
        if (!asExpected) {
            out.println("  expected " + example.expect() + ", was " + mode);
        }
        return asExpected;
    }

    private void consumeTwice(ServiceClient agent, JsonNode verdict) {
        String path = "/v1/permits/" + verdict.path("permit").path("id").asText() + "/consumption";
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("actionDigest", verdict.path("actionDigest").asText());
        ServiceClient.Answer first = agent.post(path, body);
        if (!first.succeeded()) {
            throw CommandException.failed("the permit could not be consumed: " + first.problem());
        }
        out.println("  the agent executes and consumes its permit: done");
        ServiceClient.Answer second = agent.post(path, body);
        if (second.succeeded()) {
            throw CommandException.failed("the permit was consumed twice, which must never be");
        }
        out.println("  it tries the same permit again: " + second.problem());
    }

    private void stageAgents() {
        Path file = examples.resolve(STAGES);
        JsonNode stages;
        try {
            stages = new ObjectMapper().readTree(Files.readString(file));
        } catch (IOException e) {
            throw CommandException.failed("`" + file + "` cannot be read: " + e.getMessage());
        }
        ServiceClient operator = keys.as("operator", service);
        for (JsonNode stage : stages) {
            String agent = stage.path("agent").asText();
            String action = stage.path("action").asText();
            ObjectNode body = JsonNodeFactory.instance
                    .objectNode()
                    .put("stage", stage.path("stage").asText())
                    .put("reason", stage.path("reason").asText());
            ServiceClient.Answer answer = operator.put(
                    "/v1/stages/" + ServiceClient.segment(agent) + "/" + ServiceClient.segment(action), body);
            if (!answer.succeeded()) {
                throw CommandException.failed("`" + agent + "` could not be staged: " + answer.problem());
            }
            out.println(agent + " is staged " + stage.path("stage").asText() + " for " + action + ": "
                    + stage.path("reason").asText());
        }
    }

    private List<Path> files() {
        try (var files = Files.list(examples)) {
            List<Path> found = files.filter(file -> file.toString().endsWith(".json") && !file.endsWith(STAGES))
                    .sorted()
                    .toList();
            if (found.isEmpty()) {
                throw CommandException.failed("`" + examples + "` holds no examples");
            }
            return found;
        } catch (IOException e) {
            throw CommandException.failed("the examples in `" + examples + "` cannot be read");
        }
    }

    /** A command line that sends a proposal, to be pasted into a shell. */
    static String curl(URI service, Path keyFile, byte[] proposal) {
        String body = new String(proposal, StandardCharsets.UTF_8).replace("'", "'\\''");
        return "curl -s " + service.resolve("/v1/decisions") + " -H \"Authorization: Bearer $(sed -n 's/^agent=//p' '"
                + keyFile + "')\" -H 'Content-Type: application/json' -d '" + body + "'";
    }
}
