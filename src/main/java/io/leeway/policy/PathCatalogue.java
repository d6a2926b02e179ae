package io.leeway.policy;

import static io.leeway.policy.PathType.FLAG;
import static io.leeway.policy.PathType.NUMBER;
import static io.leeway.policy.PathType.TEXT;

import io.leeway.model.Proposal;
import io.leeway.model.Stage;
import io.leeway.policy.PathDefinition.Limits;
import io.leeway.policy.PathDefinition.Parameter;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The paths that exist, in the order of the documentation. A new path is one more entry here. */
final class PathCatalogue {
    /** Every path by its name. */
    static final Map<String, PathDefinition> ALL = all();

    private static final String DECLARED = "a domain attribute that a Vocabulary sheet declares";

    private PathCatalogue() {}

    /** Reads one named thing of a proposal. */
    private interface Named {
        @Nullable
        Object read(Proposal proposal, String name);
    }

    private static final class Entries {
        private final Map<String, PathDefinition> all = new LinkedHashMap<>();

        void text(String name, String meaning, Limits limits, Function<Proposal, @Nullable Object> read) {
            add(new PathDefinition(name, TEXT, "", meaning, limits, List.of(), arguments -> read));
        }

        void number(
                String name, String unit, String meaning, Limits limits, Function<Proposal, @Nullable Object> read) {
            add(new PathDefinition(name, NUMBER, unit, meaning, limits, List.of(), arguments -> read));
        }

        void named(PathType type, String name, String example, String meaning, Named read) {
            List<Parameter> parameters = List.of(new Parameter(example, false));
            add(new PathDefinition(name, type, "", meaning, Limits.ANY, parameters, arguments -> {
                String argument = arguments.get(0);
                return proposal -> read.read(proposal, argument);
            }));
        }

        void add(PathDefinition definition) {
            all.put(definition.name(), definition);
        }
    }

    private static Map<String, PathDefinition> all() {
        Entries entries = new Entries();
        action(entries);
        entries.text("agent.id", "who proposes", Limits.WORD, p -> p.agent().id());
        entries.text(
                "agent.operator",
                "who answers for the agent; empty when absent",
                Limits.ANY,
                p -> p.agent().operator());
        entries.text(
                "agent.onBehalfOf",
                "the principal that the agent acts for; empty when absent",
                Limits.ANY,
                p -> p.agent().onBehalfOf());
        Limits stages =
                Limits.words(Arrays.stream(Stage.values()).map(Enum::name).collect(Collectors.joining("|")));
        entries.text(
                "agent.stage",
                "what the agent has earned for this action type",
                stages,
                p -> p.agent().stage());
        entries.text(
                "subject.type",
                "what kind of business object is acted on",
                Limits.WORD,
                p -> p.subject().type());
        entries.text(
                "subject.id",
                "which business object is acted on",
                Limits.ANY,
                p -> p.subject().id());
        evidence(entries);
        entries.number(
                "trace.depth",
                "steps",
                "causal depth; 0 without a cause",
                Limits.NOT_NEGATIVE,
                p -> p.trace().depth());
        entries.number(
                "trace.repeats",
                "times",
                "how often the same action recurred in the trace",
                Limits.NOT_NEGATIVE,
                p -> p.trace().repeats());
        return entries.all;
    }

    private static void action(Entries entries) {
        entries.text(
                "action.type",
                "what the agent proposes to do, such as `billing.adjust`",
                Limits.WORD,
                p -> p.action().type());
        entries.text(
                "action.currency",
                "the currency of the amount, ISO 4217; empty without one",
                Limits.words("[A-Z]{3}"),
                p -> p.action().currency());
        entries.number(
                "action.amount",
                "action.currency",
                "the amount; absent when the action moves no money",
                Limits.NOT_NEGATIVE,
                p -> p.action().amount());
        entries.number(
                "action.confidence",
                "0..1",
                "how sure the agent is; unknown counts as 0",
                Limits.FRACTION,
                p -> p.action().confidence());
        entries.add(new PathDefinition(
                "action.reversible",
                FLAG,
                "",
                "whether it can be undone; absent matches nothing",
                Limits.ANY,
                List.of(),
                arguments -> p -> p.action().reversible()));
        entries.named(
                TEXT, "action.text", "x", DECLARED, (p, name) -> p.action().text(name));
        entries.named(
                NUMBER, "action.number", "x", DECLARED, (p, name) -> p.action().number(name));
        entries.named(
                FLAG, "action.flag", "x", DECLARED, (p, name) -> p.action().flag(name));
    }

    private static void evidence(Entries entries) {
        entries.add(new PathDefinition(
                "evidence.staleAfter",
                FLAG,
                "",
                "that evidence is missing, undated, older than the limit, future-dated or of another schema",
                Limits.ANY,
                List.of(new Parameter("name", false), new Parameter("PT15M", true)),
                PathCatalogue::staleAfter));
        entries.named(
                TEXT,
                "evidence.schema",
                "name",
                "its schema; empty when missing",
                (p, name) -> p.evidence().schema(name));
        entries.named(
                FLAG,
                "evidence.verified",
                "name",
                "signed by a registered source, or fetched by the service",
                (p, name) -> p.evidence().verified(name));
        entries.number(
                "evidence.oldestSeconds",
                "s",
                "age of the oldest evidence; absent when there is none",
                Limits.NOT_NEGATIVE,
                p -> p.evidence().oldestSeconds());
        entries.number(
                "evidence.count",
                "items",
                "how many pieces of evidence there are",
                Limits.NOT_NEGATIVE,
                p -> p.evidence().count());
    }

    private static Function<Proposal, @Nullable Object> staleAfter(List<String> arguments) {
        String name = arguments.get(0);
        Duration limit = Duration.parse(arguments.get(1));
        return proposal -> proposal.evidence().staleAfter(name, limit);
    }
}
