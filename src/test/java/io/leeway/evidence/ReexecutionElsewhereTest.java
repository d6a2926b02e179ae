package io.leeway.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.leeway.decision.DecisionEntry;
import io.leeway.model.Mode;
import io.leeway.policy.PolicyFile;
import io.leeway.policy.compile.CompiledPolicy;
import io.leeway.policy.release.MutatedPolicies;
import io.leeway.policy.release.PolicyLoader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Decisions of this process, made again by their own versions in processes with another time zone, another language and another
 * Java: the same bytes everywhere. The workbooks are read there anew, too.
 */
class ReexecutionElsewhereTest {
    private static final int DECISIONS = Boolean.getBoolean("leeway.test.full") ? 100_000 : 1_000;
    private static final int VERSIONS = 5;
    private static final long SEED = 20_261_123;
    /** Where a Java 25 is, as JAVA_HOME would say it. */
    private static final String JAVA_25 = "LEEWAY_JDK25";

    @TempDir
    private static Path directory;

    private static final Set<Mode> MODES = EnumSet.noneOf(Mode.class);

    @BeforeAll
    static void decide() throws IOException {
        List<CompiledPolicy> versions = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (List<PolicyFile> files : MutatedPolicies.versions(VERSIONS)) {
            String name = "version-" + versions.size();
            Files.createDirectories(directory.resolve(name));
            for (PolicyFile file : files) {
                Files.write(directory.resolve(name).resolve(file.name()), file.bytes());
            }
            CompiledPolicy version = Objects.requireNonNull(
                    PolicyLoader.load(name, files, MutatedPolicies.TODAY).policy());
            versions.add(version);
            lines.add(version.digest() + " " + name);
        }
        assertThat(versions.stream().map(CompiledPolicy::digest)).doesNotHaveDuplicates();
        Files.write(directory.resolve("versions.txt"), lines);
        RecordedWorld world = new RecordedWorld(versions, SEED);
        try (DecisionFile file = new DecisionFile(directory.resolve("decisions"))) {
            for (int i = 0; i < DECISIONS; i++) {
                DecisionEntry decision = world.next();
                MODES.add(decision.mode());
                file.write(decision);
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "-Duser.timezone=Pacific/Chatham",
                "-Duser.language=tr -Duser.country=TR",
                "-Duser.timezone=America/St_Johns -Duser.language=ar -Duser.country=EG -Dfile.encoding=ISO-8859-1"
            })
    void everyDecisionComesOutTheSame(String options) throws Exception {
        assertThat(run(directory, System.getProperty("java.home"), options)).isEqualTo(allEqual());
    }

    @Test
    void everyDecisionComesOutTheSameOnJava25() throws Exception {
        String home = System.getenv(JAVA_25);
        assumeThat(home)
                .as("the environment variable %s says where a Java 25 is", JAVA_25)
                .isNotNull();
        assertThat(run(directory, home, "-Duser.timezone=Pacific/Chatham -Duser.language=tr -Duser.country=TR"))
                .isEqualTo(allEqual());
    }

    @Test
    void aCellThatWasChangedSinceShows() throws Exception {
        Path changed = Files.createDirectory(directory.resolve("changed"));
        List<String> lines = new ArrayList<>(Files.readAllLines(directory.resolve("versions.txt")));
        // The first version under the files of the second, which differ by one cell or row.
        lines.set(0, lines.get(0).split(" ")[0] + " ../version-1");
        for (int i = 1; i < lines.size(); i++) {
            lines.set(i, lines.get(i).replace(" ", " ../"));
        }
        Files.write(changed.resolve("versions.txt"), lines);
        Files.copy(directory.resolve("decisions"), changed.resolve("decisions"));
        String said = run(changed, System.getProperty("java.home"), "-Duser.timezone=UTC");
        assertThat(said).matches("equal \\d+ different [1-9]\\d* unknown 0").isNotEqualTo(allEqual());
    }

    @Test
    void theDecisionsAreOfEveryKind() {
        assertThat(MODES).containsExactly(Mode.values());
    }

    private static String allEqual() {
        return "equal " + DECISIONS + " different 0 unknown 0";
    }

    /** The last line that it says. */
    private static String run(Path directory, String home, String options) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(home, "bin", "java").toString(),
                "-Xmx700m",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager"));
        Collections.addAll(command, options.split(" "));
        command.addAll(Arrays.asList(
                "-cp",
                System.getProperty("java.class.path"),
                ReexecutionProcess.class.getName(),
                directory.toString()));
        Path said = Files.createTempFile(directory, "said", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertThat(process.waitFor(20, TimeUnit.MINUTES)).isTrue();
        List<String> lines = new String(Files.readAllBytes(said), StandardCharsets.UTF_8)
                .lines()
                .toList();
        lines.forEach(line -> System.out.println(options + ": " + line));
        assertThat(process.exitValue()).as("%s", lines).isZero();
        return lines.get(lines.size() - 1);
    }
}
