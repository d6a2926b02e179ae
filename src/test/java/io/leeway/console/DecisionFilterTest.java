package io.leeway.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.decision.DecisionQuery;
import io.leeway.model.Actor;
import io.leeway.model.Mode;
import io.leeway.security.Principal;
import io.leeway.security.Role;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a form's fields narrow a list to. */
class DecisionFilterTest {
    private static final Principal READER =
            new Principal("id", new Actor(Actor.LEEWAY, "reader"), Set.of(Role.OPERATOR), Set.of(), Set.of());

    private static DecisionFilter filter(String... pairs) {
        MultivaluedMap<String, String> query = new MultivaluedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            query.add(pairs[i], pairs[i + 1]);
        }
        return DecisionFilter.read(query);
    }

    @Test
    void blankFieldsAskForNothing() {
        DecisionFilter filter = filter("agent", "", "mode", "", "from", " ", "rule", "");
        assertThat(filter.isNarrow()).isFalse();
        assertThat(filter.faults()).isEmpty();
        assertThat(filter.query(READER, 25))
                .isEqualTo(new DecisionQuery(
                        null, null, null, null, null, null, null, null, null, Set.of(), Long.MAX_VALUE, 25));
    }

    @Test
    void everyFieldNarrows() {
        DecisionFilter filter = filter(
                "agent",
                " a ",
                "action",
                "b",
                "subject",
                "c",
                "mode",
                "AUTONOMOUS",
                "rule",
                "d",
                "trace",
                "e",
                "enforced",
                "false",
                "from",
                "2026-11-22T09:00",
                "to",
                "2026-11-22T10:00:30",
                "before",
                "7");
        assertThat(filter.query(READER, 25))
                .isEqualTo(new DecisionQuery(
                        "a",
                        "b",
                        "c",
                        Mode.AUTONOMOUS,
                        "d",
                        "e",
                        false,
                        Instant.parse("2026-11-22T09:00:00Z"),
                        Instant.parse("2026-11-22T10:00:30Z"),
                        Set.of(),
                        7,
                        25));
    }

    @ParameterizedTest
    @CsvSource({
        "mode, autonomous, is no mode",
        "from, yesterday, is no date and time",
        "to, 2026-02-30T00:00, is no date and time",
        "enforced, no, is neither",
        "before, -1, does not go on there",
        "before, 99999999999999999999, does not go on there"
    })
    void whatCannotBeSearchedForIsSaid(String field, String value, String said) {
        assertThat(filter(field, value).faults()).singleElement().asString().contains(said);
    }

    @Test
    void nextPageKeepsTheFilter() {
        assertThat(filter("agent", "a&b=c", "before", "9").after(4)).isEqualTo("?agent=a%26b%3Dc&before=4");
    }
}
