package io.leeway.policy.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.policy.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/findings.md} has exactly one whole entry for each code, in the order of the codes. */
class FindingDocsTest {
    private static final Path DOCS = Path.of("docs/findings.md");
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern ENTRY =
            Pattern.compile("^### ([^\\n]*)\\n(.*?)(?=^#{2,3} |\\z)", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern PARTS = Pattern.compile(
            "\\*\\*(error|warning|note)\\*\\* · \\S.*\\n- \\*\\*Why\\*\\*: \\S.*\\n- \\*\\*Mend\\*\\*: \\S.*\\n- \\*\\*Example\\*\\*: \\S.*\\n\\n?",
            Pattern.DOTALL);

    record Entry(String code, String text) {}

    @Test
    void each_code_has_one_entry_and_each_entry_a_code() throws IOException {
        assertThat(entries()).extracting(Entry::code).containsExactlyElementsOf(codes());
    }

    @Test
    void entries_say_how_severe_what_why_how_to_mend_and_give_an_example() throws IOException {
        for (FindingCode code : FindingCode.values()) {
            Entry entry = entries().get(code.ordinal());
            assertThat(entry.text()).as(code.code()).matches(PARTS);
            String severity = code.severity() == Finding.Severity.INFO
                    ? "note"
                    : code.severity().name().toLowerCase(Locale.ROOT);
            assertThat(entry.text()).as(code.code()).startsWith("**" + severity + "**");
        }
    }

    @Test
    void a_finding_points_at_the_anchor_of_its_entry() throws IOException {
        Finding finding = Finding.error(FindingCode.BLANK_ROW.code(), "a.csv", null, "A1", "x", "");
        String[] link = finding.docs().split("#");
        assertThat(Path.of(link[0])).isEqualTo(DOCS);
        // GitHub makes an anchor of a heading that is lower case and dashes as it is.
        assertThat(Files.readString(DOCS)).contains("\n### " + link[1] + "\n");
        assertThat(codes()).allMatch(code -> code.matches("[a-z]+(-[a-z]+)*"));
    }

    /** Findings are made with {@link FindingCode}; a code in a literal would have no entry. */
    @Test
    void no_finding_is_made_with_another_code() throws IOException {
        Pattern literal = Pattern.compile("Finding\\s*\\.\\s*(error|warning)\\(\\s*\"|new Finding\\(\\s*[^,]*,\\s*\"");
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(it -> it.toString().endsWith(".java")).toList()) {
                assertThat(Files.readString(file)).as(file.toString()).doesNotContainPattern(literal);
            }
        }
    }

    private static List<String> codes() {
        return Stream.of(FindingCode.values()).map(FindingCode::code).toList();
    }

    private static List<Entry> entries() throws IOException {
        List<Entry> entries = new ArrayList<>();
        Matcher matcher = ENTRY.matcher(Files.readString(DOCS));
        while (matcher.find()) {
            entries.add(new Entry(matcher.group(1), matcher.group(2)));
        }
        return entries;
    }
}
