package io.leeway.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A guide that is followed command by command in a directory of its own: `sh` blocks are run by bash, `text` blocks are what they print, and whatever
 * comes after {@code <!-- file: name -->} is written into that file. {@code <!-- step: … -->} is for people with a mouse: the test does it.
 *
 * @param variables names of those that one block leaves to the next
 * @param functions likewise
 */
record Guide(Path text, Path directory, String variables, String functions) {
    private static final Pattern PART =
            Pattern.compile("(?ms)^<!-- (file|step): ([^\\n]*?) -->$|^```(\\w+)\\n(.*?)^```$");
    private static final Pattern VERSION = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}\\.[0-9]+");

    /** What the reader does by hand. */
    @FunctionalInterface
    interface ByHand {
        void step(String what, Path directory) throws IOException;
    }

    /** What is otherwise than the guide shows it. Lines that set the environment are the test's to set. */
    List<String> follow(Map<String, String> environment, ByHand hand) throws IOException, InterruptedException {
        List<String> differences = new ArrayList<>();
        String file = "";
        String printed = "";
        Matcher part = PART.matcher(Files.readString(text));
        while (part.find()) {
            String body = part.group(4) == null ? "" : part.group(4);
            if ("file".equals(part.group(1))) {
                file = part.group(2);
            } else if ("step".equals(part.group(1))) {
                hand.step(part.group(2), directory);
            } else if ("sh".equals(part.group(3))) {
                printed = body.startsWith("export ") ? "" : run(body, environment);
            } else if ("text".equals(part.group(3))) {
                if (!anyVersion(body).equals(anyVersion(printed))) {
                    differences.add("shown:\n" + body + "printed:\n" + printed);
                }
            } else {
                Files.writeString(directory.resolve(file), body);
            }
        }
        return differences;
    }

    private static String anyVersion(String text) {
        return VERSION.matcher(text).replaceAll("VERSION");
    }

    private String run(String block, Map<String, String> environment) throws IOException, InterruptedException {
        String script = "set -e; if [ -f .state ]; then . ./.state; fi\n" + block + "\n{ declare -p " + variables
                + " || true; declare -f " + functions + " || true; } > .state 2>/dev/null";
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", script)
                .directory(directory.toFile())
                .redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(block + output).isZero();
        return output;
    }

    /** Whether this machine has what guides use. */
    static boolean hasTools() throws InterruptedException {
        try {
            return new ProcessBuilder("bash", "-c", "command -v curl jq >/dev/null")
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
