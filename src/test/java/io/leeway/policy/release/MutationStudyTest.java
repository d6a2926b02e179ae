package io.leeway.policy.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.leeway.policy.Finding;
import io.leeway.policy.PolicyFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Mistakes made in copies of the shipped workbooks, and how many of them a check finds: by a warning, an error, a test that
 * fails or a guarantee that breaks. Notes do not count. The list is {@code cases/mutations.yaml}.
 */
class MutationStudyTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

    private static List<PolicyFile> shipped;
    private static List<Mutation> mutations;

    @BeforeAll
    static void read() throws IOException {
        shipped = PolicyDirectory.read(List.of(Path.of("decision-tables")));
        try (InputStream yaml = MutationStudyTest.class.getResourceAsStream("/cases/mutations.yaml")) {
            mutations = new ObjectMapper(new YAMLFactory()).readValue(yaml, new TypeReference<List<Mutation>>() {});
        }
    }

    @Test
    void thereAreEnoughOfManyKinds() {
        assertThat(mutations).hasSizeGreaterThanOrEqualTo(50).doesNotHaveDuplicates();
        assertThat(mutations.stream().map(Mutation::kind).distinct()).hasSizeGreaterThanOrEqualTo(10);
        assertThat(mutations.stream().map(Mutation::file).distinct()).hasSize(4);
    }

    @Test
    void withoutAMistakeNothingIsFound() {
        assertThat(found(shipped)).isEmpty();
    }

    @Test
    void nineOfTenMistakesAreFoundAndTheRestIsKnown() {
        Map<Mutation, List<String>> found = mutations.parallelStream()
                .collect(Collectors.toMap(it -> it, it -> found(it.in(shipped)), (a, b) -> a, LinkedHashMap::new));

        List<String> missed = mutations.stream()
                .filter(it -> found.get(it).isEmpty())
                .map(Mutation::toString)
                .toList();
        assertThat(missed)
                .as("missed, each with its reason in the list")
                .containsExactlyElementsOf(mutations.stream()
                        .filter(it -> it.missed() != null)
                        .map(Mutation::toString)
                        .toList());
        assertThat(mutations.size() - missed.size())
                .as("found of %d", mutations.size())
                .isGreaterThanOrEqualTo(45)
                .isGreaterThanOrEqualTo(mutations.size() * 9 / 10);
    }

    /** The codes of what is found beside notes. */
    private static List<String> found(List<PolicyFile> files) {
        return List.copyOf(PolicyCheck.of(files, TODAY).findings().stream()
                .filter(it -> it.severity() != Finding.Severity.INFO)
                .map(Finding::code)
                .collect(Collectors.toCollection(TreeSet::new)));
    }
}
