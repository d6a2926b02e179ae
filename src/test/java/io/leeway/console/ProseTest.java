package io.leeway.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands between backticks is shown as code, and nothing is lost. */
class ProseTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "plain|plain",
                "`all`|[all]",
                "a `b` c|a [b] c",
                "`a``b`|[a][b]",
                "an `open one|an `open one",
                "a `b` and `open|a [b] and `open",
                "``|''"
            })
    void isCutAtBackticks(String sentence, String expected) {
        assertThat(Prose.stretches(sentence).stream()
                        .map(part -> part.quoted() ? "[" + part.text() + "]" : part.text())
                        .collect(Collectors.joining()))
                .isEqualTo(expected);
    }
}
