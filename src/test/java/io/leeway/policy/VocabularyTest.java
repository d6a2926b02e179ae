package io.leeway.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.model.Action;
import io.leeway.model.Activity;
import io.leeway.model.Agent;
import io.leeway.model.Attributes;
import io.leeway.model.Evidence;
import io.leeway.model.EvidenceSet;
import io.leeway.model.Money;
import io.leeway.model.Proposal;
import io.leeway.model.Stage;
import io.leeway.model.Subject;
import io.leeway.model.Trace;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VocabularyTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private static final Proposal FULL = new Proposal(
                    new Action(
                            "a1",
                            "billing.adjust",
                            "one line",
                            new Money(new BigDecimal("120.00"), "USD"),
                            new BigDecimal("0.9"),
                            true,
                            new Attributes(Map.of(
                                    "channel",
                                    "card",
                                    "age",
                                    new BigDecimal("7"),
                                    "vip",
                                    false,
                                    "zero",
                                    BigDecimal.ZERO)),
                            ""),
                    new Agent("agent-7", "ops", "", Stage.SUPERVISED),
                    new Subject(
                            "account",
                            "A-1",
                            new Attributes(Map.of("tier", "gold", "score", new BigDecimal("4.5"), "closed", true))),
                    EvidenceSet.asSent(
                            List.of(new Evidence("charge.record", "db", NOW.minusSeconds(901), "v3", List.of(), ""))),
                    Trace.NONE)
            .at(NOW, Stage.LIMITED, Map.of(), 2, 3);

    private static final Proposal BARE = new Proposal(
                    new Action("a2", "x", "", null, null, null, Attributes.NONE, ""),
                    new Agent("b", "", "", Stage.SUPERVISED),
                    new Subject("", ""),
                    EvidenceSet.asSent(List.of()),
                    Trace.NONE)
            .at(NOW, Stage.SHADOW, Map.of(), 0, 0);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            quoteCharacter = '\'',
            value = {
                "action.type | billing.adjust | x",
                "action.currency | USD | ''",
                "action.amount | 120.00 | null",
                "action.confidence | 0.9 | 0",
                "action.reversible | true | null",
                "action.text(\"channel\") | card | ''",
                "action.number(\"age\") | 7 | null",
                "action.flag(\"vip\") | false | null",
                "agent.id | agent-7 | b",
                "agent.operator | ops | ''",
                "agent.stage | LIMITED | SHADOW",
                "subject.type | account | ''",
                "subject.id | A-1 | ''",
                "subject.text(\"tier\") | gold | ''",
                "subject.number(\"score\") | 4.5 | null",
                "subject.flag(\"closed\") | true | null",
                "evidence.staleAfter(\"charge.record\", \"PT15M\") | true | true",
                "evidence.staleAfter(\"charge.record\", \"PT16M\") | false | true",
                "evidence.schema(\"charge.record\") | v3 | ''",
                "evidence.verified(\"charge.record\") | false | false",
                "evidence.oldestSeconds | 901.000000 | null",
                "evidence.count | 1 | 0",
                "trace.depth | 2 | 0",
                "trace.repeats | 3 | 0",
            })
    void every_path_reads_its_value_and_knows_when_it_is_absent(String path, String full, String bare) {
        Path found = found(path);
        assertThat(found.text()).isEqualTo(path);
        assertThat(text(found.valueOf(FULL))).isEqualTo(full);
        assertThat(text(found.valueOf(BARE))).isEqualTo(bare);
    }

    @Test
    void every_entry_parses_and_is_of_the_type_that_it_says() {
        assertThat(Vocabulary.entries()).hasSize(34).allSatisfy(entry -> {
            Path path = found(entry.path());
            assertThat(path.text()).isEqualTo(entry.path());
            assertThat(path.type()).isEqualTo(entry.type());
            assertThat(entry.meaning()).isNotBlank();
        });
        assertThat(Vocabulary.entries())
                .extracting(Vocabulary.Entry::path)
                .contains("evidence.staleAfter(\"name\", \"PT15M\")");
    }

    private static final PathScope BERLIN = new PathScope(
            ZoneId.of("Europe/Berlin"),
            new ReferenceData(
                    new Calendars(Map.of(
                            "sundays",
                            List.of(new DayRule.Span(LocalDate.of(2026, 11, 22), LocalDate.of(2026, 11, 22))))),
                    new Rates(List.of(
                            new Rates.Rate("USD", "EUR", new BigDecimal("0.9"), null, LocalDate.of(2026, 11, 22)),
                            new Rates.Rate("USD", "CHF", new BigDecimal("0.8"), null, LocalDate.of(2026, 11, 21))))));

    /** At noon of a Sunday in Greenwich. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            quoteCharacter = '\'',
            value = {
                "now.weekday | now.weekday(\"Europe/Berlin\") | Sunday",
                "now.weekday(\"UTC\") | now.weekday | Sunday",
                "now.weekday(\"Pacific/Auckland\") | now.weekday(\"Pacific/Auckland\") | Monday",
                "now.time | now.time(\"Europe/Berlin\") | 13",
                "now.time(\"UTC\") | now.time | 12",
                "now.time(\"Asia/Kolkata\") | now.time(\"Asia/Kolkata\") | 17.5",
                "now.calendar(\"sundays\") | now.calendar(\"sundays\", \"Europe/Berlin\") | true",
                "now.calendar(\"sundays\", \"Pacific/Auckland\") | now.calendar(\"sundays\", \"Pacific/Auckland\") | false",
                "action.amountIn(\"EUR\") | action.amountIn(\"EUR\") | 108.000",
                "action.amountIn(\"USD\") | action.amountIn(\"USD\") | 120.00",
                "action.amountIn(\"CHF\") | action.amountIn(\"CHF\") | null",
                "action.amountIn(\"JPY\") | action.amountIn(\"JPY\") | null",
                "action.ratio(\"amount\", \"age\") | action.ratio(\"amount\", \"age\") | 17.142857142857",
                "action.ratio(\"age\", \"amount\") | action.ratio(\"age\", \"amount\") | 0.058333333333",
                "action.ratio(\"amount\", \"none\") | action.ratio(\"amount\", \"none\") | null",
                "action.ratio(\"none\", \"age\") | action.ratio(\"none\", \"age\") | null",
                "action.ratio(\"age\", \"zero\") | action.ratio(\"age\", \"zero\") | null",
            })
    void what_depends_on_the_sheet_says_so_in_its_spelling(String written, String canonical, String value) {
        Path path = ((Vocabulary.Found) Vocabulary.parse(written, BERLIN)).path();
        assertThat(path.text()).isEqualTo(canonical);
        assertThat(text(path.valueOf(FULL))).isEqualTo(value);
        assertThat(((Vocabulary.Found) Vocabulary.parse(canonical, PathScope.of(BERLIN.bound()))).path())
                .isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "now.time(\"Europe/Berln\")",
                "now.time(\"+02:00\")",
                "now.weekday(\"UTC\", \"UTC\")",
                "now.calendar",
                "action.amountIn(\"Euro\")",
                "action.ratio(\"amount\")",
            })
    void zones_currencies_and_numbers_of_arguments_are_checked(String path) {
        assertThat(((Vocabulary.Refused) Vocabulary.parse(path, BERLIN)).reason())
                .isEqualTo(Vocabulary.Reason.WRONG_ARGUMENTS);
    }

    @Test
    void a_calendar_must_be_there_once_the_sheets_are_known() {
        Vocabulary.Lookup found = Vocabulary.parse("now.calendar(\"sunday\")", BERLIN);
        assertThat(found).isInstanceOf(Vocabulary.Refused.class);
        assertThat(((Vocabulary.Refused) found).message())
                .isEqualTo("unknown calendar `sunday`, did you mean `sundays`?");
        assertThatThrownBy(() -> found("now.calendar(\"sunday\")").valueOf(FULL))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void two_versions_read_their_own_rates() {
        PathScope other = PathScope.of(new ReferenceData(
                Calendars.NONE, new Rates(List.of(new Rates.Rate("USD", "EUR", BigDecimal.TEN, null, null)))));
        Path one = ((Vocabulary.Found) Vocabulary.parse("action.amountIn(\"EUR\")", BERLIN)).path();
        Path two = ((Vocabulary.Found) Vocabulary.parse("action.amountIn(\"EUR\")", other)).path();
        assertThat(text(one.valueOf(FULL))).isEqualTo("108.000");
        assertThat(text(two.valueOf(FULL))).isEqualTo("1200.00");
    }

    /** A limit of 17:20 is met by the clock at 17:20 and not a microsecond before. */
    @ParameterizedTest
    @CsvSource({"00:00", "08:20", "17:20", "17:59", "23:59:59"})
    void a_time_of_day_is_met_exactly(String time) {
        BigDecimal limit = ClockTime.parse(time);
        LocalTime at = LocalTime.parse(time);
        assertThat(ClockTime.hours(at)).isEqualTo(limit);
        assertThat(ClockTime.hours(at.plusNanos(1_000))).isGreaterThan(limit);
        assertThat(ClockTime.time(limit)).isEqualTo(at);
        assertThat(ClockTime.text(limit)).isEqualTo(time);
    }

    @Test
    void spaces_do_not_make_another_path() {
        Path path = found(" evidence.staleAfter( \"charge.record\" ,\"PT15M\" ) ");

        assertThat(path.text()).isEqualTo("evidence.staleAfter(\"charge.record\", \"PT15M\")");
        assertThat(path.evidenceAge()).isEqualTo(new Path.EvidenceAge("charge.record", "PT15M"));
        assertThat(found("action.amount").evidenceAge()).isNull();
    }

    @Test
    void what_is_nearly_a_path_is_refused_with_the_path_that_was_meant() {
        assertThat(refused("action.amout").message()).contains("unknown path `action.amout`", "`action.amount`");
        assertThat(refused("evidence.staleAftr(\"a\", \"PT1M\")").message()).contains("`evidence.staleAfter`");
        assertThat(refused("activity.counts(\"agent\", \"PT10M\")").message()).contains("`activity.count`");
    }

    /** The action itself always counts. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            quoteCharacter = '\'',
            value = {
                "activity.count(\"agent\", \"PT10M\") | 7 | 8 | 7 before this one",
                "activity.count(\"repeat\", \"P31D\") | 0 | 1 | 0 before this one",
                "activity.agents(\"subject\", \"P7D\") | 1 | 2 | 1 other",
                "activity.exposure(\"agent+action\", \"PT24H\") | 380 | 500 | 380 USD before this action",
                "activity.exposure(\"trace\", \"quarter\") | 0 | 120 | 0 USD before this action",
                "activity.recently(\"subject\", \"payment.delay\", \"P7D\") | 0 | false | null",
                "activity.recently(\"trace\", \"payment.delay\", \"month\") | 1 | true | null",
                "activity.returns(\"subject\", \"PT1H\") | 3 | 3 | null",
                "activity.returns(\"trace\", \"day\") | 0 | 0 | null",
            })
    void activity_is_what_was_there_before_and_the_action_itself(
            String path, BigDecimal before, String value, String detail) {
        Path found = found(path);
        assertThat(found.text()).isEqualTo(path);
        Proposal proposal = FULL.at(
                FULL.now(),
                Stage.FULL,
                Map.of(),
                0,
                0,
                Activity.NONE.with(found.activity(), new Activity.Before(before, List.of())));
        assertThat(text(found.valueOf(proposal))).isEqualTo(value);
        assertThat(Explanation.of(new Condition(found, Operator.EQUAL, value, "A1"), proposal)
                        .detail())
                .isEqualTo(detail);
    }

    @Test
    void money_is_absent_where_the_action_moves_none() {
        Path exposure = found("activity.exposure(\"agent\", \"PT24H\")");
        assertThat(exposure.valueOf(BARE)).isNull();
        assertThat(text(exposure.valueOf(FULL))).isEqualTo("120");
    }

    /** Only calendars differ from zone to zone. */
    @Test
    void a_window_that_slides_is_the_same_in_every_time_zone() {
        assertThat(((Vocabulary.Found) Vocabulary.parse("activity.count(\"agent\", \"PT10M\")", BERLIN))
                        .path()
                        .text())
                .isEqualTo("activity.count(\"agent\", \"PT10M\")");
        assertThat(((Vocabulary.Found) Vocabulary.parse("activity.count(\"agent\", \"day\")", BERLIN))
                        .path()
                        .text())
                .isEqualTo("activity.count(\"agent\", \"day\", \"Europe/Berlin\")");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "activity.count(\"agents\", \"PT10M\") | WRONG_ARGUMENTS | did you mean `agent`",
                "activity.agents(\"agent\", \"PT10M\") | WRONG_ARGUMENTS | `subject`, `trace`",
                "activity.count(\"agent\") | WRONG_ARGUMENTS | activity.count(\"agent\", \"PT10M\")",
                "activity.count(\"agent\", \"10 minutes\") | BAD_DURATION | is no window such as `PT10M`",
                "activity.count(\"agent\", \"P32D\") | BAD_DURATION | longer than the longest window, `P31D`",
                "activity.count(\"agent\", \"PT61M1S\") | BAD_DURATION | in whole minutes",
                "activity.count(\"agent\", \"P1DT1M\") | BAD_DURATION | in whole hours",
                "activity.count(\"agent\", \"week\") | BAD_DURATION | `day`, `month` or `quarter`",
            })
    void windows_and_scopes_that_cannot_be_kept_are_refused(String path, Vocabulary.Reason reason, String message) {
        assertThat(refused(path).reason()).isEqualTo(reason);
        assertThat(refused(path).message()).contains(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "action.amount(\"x\")",
                "action.text",
                "action.text()",
                "action.text(x)",
                "action.text(\"\")",
                "action.text(\"a\",)",
                "action.text(\"a\" \"b\")",
                "action.text(\"a\", \"b\")",
            })
    void wrong_arguments_are_refused(String path) {
        assertThat(refused(path).reason()).isEqualTo(Vocabulary.Reason.WRONG_ARGUMENTS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"15M", "PT", "P", "PT0S", "-PT1M", "pt1m", "P1M", "P3651D", "PT1.5S", "P1DT", "PT99999999999S"})
    void what_is_no_duration_is_refused(String duration) {
        assertThat(refused("evidence.staleAfter(\"a\", \"" + duration + "\")").reason())
                .isEqualTo(Vocabulary.Reason.BAD_DURATION);
    }

    private static Path found(String text) {
        assertThat(Vocabulary.parse(text)).isInstanceOf(Vocabulary.Found.class);
        return ((Vocabulary.Found) Vocabulary.parse(text)).path();
    }

    private static Vocabulary.Refused refused(String text) {
        assertThat(Vocabulary.parse(text)).isInstanceOf(Vocabulary.Refused.class);
        return (Vocabulary.Refused) Vocabulary.parse(text);
    }

    private static String text(Object value) {
        return value instanceof BigDecimal number ? number.toPlainString() : value == null ? null : value.toString();
    }
}
