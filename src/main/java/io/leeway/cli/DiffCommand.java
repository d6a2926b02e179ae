package io.leeway.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leeway.policy.PolicyFile;
import io.leeway.policy.Row;
import io.leeway.policy.analysis.Comparison;
import io.leeway.policy.analysis.Comparison.Difference;
import io.leeway.policy.analysis.Comparison.Meaning;
import io.leeway.policy.compile.CompiledPolicy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code leeway diff OLD NEW}: who gets more leeway by a changed policy, and who less. */
@Command(
        name = "diff",
        description = "Prove whether a changed policy gives anybody more leeway, and show who.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:nobody gets more leeway",
            "2:wrong arguments",
            "3:one of the two is not a policy: see the findings",
            "5:somebody gets more leeway, or it could not be told"
        })
final class DiffCommand implements Callable<Integer> {
    private static final int LOOSER = 5;

    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "OLD", description = "The directory of the policy as it was.")
    private Path old = Path.of("");

    @Parameters(index = "1", paramLabel = "NEW", description = "The directory of the policy as it is to be.")
    private Path next = Path.of("");

    @Option(names = "--json", description = "Print the differences as JSON.")
    private boolean json;

    DiffCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        // Without the service nothing configures the log, and Drools would tell what it does.
        Logger.getLogger("").setLevel(Level.WARNING);
        Instant now = Instant.now();
        PolicyFiles before = PolicyFiles.load(List.of(old), now);
        PolicyFiles after = PolicyFiles.load(List.of(next), now);
        CompiledPolicy was = before.policy();
        CompiledPolicy is = after.policy();
        if (was == null || is == null) {
            before.printErrors(terminal);
            after.printErrors(terminal);
            return PolicyFiles.FINDINGS;
        }
        Comparison comparison = Comparison.of(was.tables(), is.tables());
        boolean sameRules = rules(before).equals(rules(after));
        Meaning meaning = sameRules ? comparison.meaning() : Meaning.UNPROVEN;
        if (json) {
            terminal.out().println(json(meaning, comparison));
        } else {
            print(meaning, comparison, sameRules);
        }
        return meaning == Meaning.EQUAL || meaning == Meaning.TIGHTER ? 0 : LOOSER;
    }

    /** The DRL files by name and content; rules that differ are not compared. */
    private static List<String> rules(PolicyFiles policy) {
        return policy.files().stream()
                .filter(PolicyFile::isDrl)
                .map(file -> file.name() + " " + file.sha256())
                .sorted()
                .toList();
    }

    private void print(Meaning meaning, Comparison comparison, boolean sameRules) {
        terminal.out().println(meaning + "  " + words(meaning));
        if (!sameRules) {
            terminal.out().println("The DRL rules differ, which only people can compare; the tables alone:");
        }
        comparison.looser().forEach(it -> print("more", it));
        comparison.tighter().forEach(it -> print("less", it));
    }

    private static String words(Meaning meaning) {
        return switch (meaning) {
            case EQUAL -> "every proposal gets the same leeway";
            case TIGHTER -> "some get less leeway, and nobody gets more";
            case LOOSER -> "some get more leeway";
            case BOTH -> "some get more leeway, and some get less";
            case UNPROVEN -> "it could not be told whether somebody gets more leeway";
        };
    }

    private void print(String what, Difference difference) {
        terminal.out().println(what + "  " + Printable.of(difference.message()));
        for (Row row : difference.rows()) {
            terminal.out().println("      " + Printable.of(row.place()));
        }
        if (difference.witness() != null) {
            terminal.out().println("      = shown by: " + Printable.of(WitnessText.line(difference.witness())));
        }
    }

    private static String json(Meaning meaning, Comparison comparison) {
        ObjectNode report = JsonNodeFactory.instance.objectNode();
        report.put("meaning", meaning.name());
        comparison.looser().forEach(difference -> add(report.withArray("looser"), difference));
        comparison.tighter().forEach(difference -> add(report.withArray("tighter"), difference));
        report.withArray("looser");
        report.withArray("tighter");
        return report.toPrettyString();
    }

    private static void add(ArrayNode array, Difference difference) {
        ObjectNode node = array.addObject().put("message", difference.message());
        ArrayNode rows = node.putArray("rows");
        for (Row row : difference.rows()) {
            rows.addObject()
                    .put("rule", row.id())
                    .put("file", row.file())
                    .put("sheet", row.sheet())
                    .put("range", row.range());
        }
        @Nullable ObjectNode witness = difference.witness() == null ? null : WitnessText.json(difference.witness());
        node.set("witness", witness);
    }
}
