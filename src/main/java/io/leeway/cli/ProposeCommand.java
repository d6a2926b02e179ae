package io.leeway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.leeway.policy.Finding;
import io.leeway.policy.PolicyFile;
import io.leeway.policy.release.CandidateReport;
import io.leeway.policy.release.PolicyDirectory;
import io.leeway.policy.table.Excerpts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code leeway propose DIR…}: makes a candidate version of changed workbooks at a running service. */
@Command(
        name = "propose",
        description = "Propose the *.xlsx and *.csv files in directories as a new policy version at a running service.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:a candidate that can be approved",
            "1:the service refused it",
            "2:wrong arguments",
            "3:a candidate that cannot be approved as it is: see the findings"
        })
final class ProposeCommand implements Callable<Integer> {
    private static final int OBSTACLES = 3;

    private final Terminal terminal;

    @Mixin
    private ServiceOptions service = new ServiceOptions();

    @Parameters(
            arity = "1..*",
            paramLabel = "DIR",
            description = "Where the files are; they take the place of those of the same name in the active version.")
    private List<Path> directories = List.of();

    @Option(
            names = {"-m", "--message"},
            required = true,
            paramLabel = "TEXT",
            description = "What the change is for.")
    private String message = "";

    @Option(names = "--remove", paramLabel = "FILE", description = "A file of the active version that is to go.")
    private List<String> removed = List.of();

    ProposeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<PolicyFile> files = read();
        MultipartForm form = new MultipartForm();
        form.text("message", message);
        removed.forEach(name -> form.text("remove", name));
        for (PolicyFile file : files) {
            if (file.isDrl()) {
                terminal.err()
                        .println("leeway: `" + Printable.of(file.name())
                                + "` is not sent: rules in DRL come from the installation's own directory");
            } else {
                form.file("file", file.name(), file.bytes());
            }
        }
        ServiceClient.Answer answer = service.connect(terminal.environment()).post("/v1/policies", form);
        if (!answer.succeeded()) {
            terminal.err().println("leeway: " + Printable.of(answer.problem()));
            return 1;
        }
        return print(answer.body(), files);
    }

    private List<PolicyFile> read() {
        try {
            return PolicyDirectory.read(directories);
        } catch (IOException e) {
            throw CommandException.misused("a directory cannot be read: " + e.getMessage());
        }
    }

    private int print(JsonNode version, List<PolicyFile> files) {
        List<Finding> findings = CandidateReport.findings(version.toString());
        FindingText text = new FindingText(new Excerpts(files), Map.of(), terminal.colour());
        terminal.out().print(text.all(findings, version.path("files").size()));
        JsonNode obstacles = version.path("obstacles");
        JsonNode tests = version.path("tests");
        terminal.out()
                .println("tests: " + tests.path("passed").asInt() + " passed, "
                        + tests.path("failed").asInt() + " failed; without a test: "
                        + obstacles.path("uncovered").asInt() + " grants or changed rows");
        terminal.out()
                .println("meaning: " + version.path("meaning").asText() + ", against the active version "
                        + version.path("base").asText("(none)"));
        boolean sound =
                obstacles.path("errors").asInt() + obstacles.path("failedTests").asInt() == 0;
        terminal.out()
                .println("candidate " + version.path("version").asText()
                        + (sound
                                ? ": needs the approval of "
                                        + version.path("approvalsNeeded").asInt() + ", never of "
                                        + Printable.of(version.path("author").asText())
                                : ": cannot be approved as it is"));
        return sound ? 0 : OBSTACLES;
    }
}
