package io.leeway.policy.proof;

import io.leeway.model.MatchedRule;
import io.leeway.model.Verdict;
import io.leeway.policy.PolicyTables;
import io.leeway.policy.Row;
import io.leeway.policy.Suggestion;
import io.leeway.policy.TestCase;
import io.leeway.policy.TestCase.Answer;
import io.leeway.policy.TestCase.Cell;
import io.leeway.policy.TestCase.Given;
import io.leeway.policy.explain.Phrases;
import io.leeway.policy.explain.RowReading;
import io.leeway.policy.proof.TestResult.Failure;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares what a test expects with what happened, and says why they differ. */
final class Judge {
    private static final int NEAREST = 3;

    private final PolicyTables tables;
    private final TestCase test;
    private final Trial trial;
    private final List<Failure> failures = new ArrayList<>();

    Judge(PolicyTables tables, TestCase test, Trial trial) {
        this.tables = tables;
        this.test = test;
        this.trial = trial;
    }

    List<Failure> failures() {
        test.given().forEach(this::given);
        mode(test.expected().mode());
        rows(test.expected().rows());
        because(test.expected().because());
        return failures;
    }

    /** Facts may contradict each other; then the proposal does not say what the cell says. */
    private void given(Given given) {
        if (given.input().path() == null) {
            return;
        }
        Object actual = given.input().path().valueOf(trial.proposal());
        boolean same = actual instanceof BigDecimal number && given.value() instanceof BigDecimal wanted
                ? number.compareTo(wanted) == 0
                : Objects.equals(actual, given.value());
        if (!same) {
            failures.add(new Failure(
                    given.cell(),
                    "`" + given.input() + "` = " + given.value(),
                    Phrases.value(given.input().path(), actual, trial.proposal()),
                    List.of(hint(given.input().name()))));
        }
    }

    private static String hint(String name) {
        return switch (name) {
            case "action.amount", "action.currency" ->
                "an amount needs a currency, and a currency an amount: give both";
            case "evidence.verified" -> "no evidence is verified yet";
            default -> "no proposal is all that this line says: another cell of it contradicts this one";
        };
    }

    private void mode(@Nullable Cell<Answer> expected) {
        if (expected != null && expected.value() != trial.answer()) {
            List<String> why = new ArrayList<>(causes());
            if (isStricterThan(expected.value())) {
                why.addAll(missingGrants());
            }
            failures.add(new Failure(
                    expected.address(), expected.value().words(), trial.answer().words(), why));
        }
    }

    private boolean isStricterThan(Answer expected) {
        return trial.answer() != Answer.REFUSED && expected.compareTo(trial.answer()) < 0;
    }

    /** What brought the mode. */
    private List<String> causes() {
        Verdict verdict = trial.verdict();
        if (verdict == null) {
            return List.of("the proposal was refused: " + trial.refusal());
        }
        List<String> causes = new ArrayList<>();
        for (MatchedRule rule : verdict.matched()) {
            if (rule.decisive()) {
                causes.add("`" + rule.rule() + "` decided: " + rule.because());
            }
        }
        return causes.isEmpty() ? List.of(verdict.reason()) : causes;
    }

    /** Grants of the mode that was expected, and what kept the nearest of them from matching. */
    private List<String> missingGrants() {
        boolean granted = trial.evaluation().rows().stream().anyMatch(this::wouldDo);
        return granted
                ? List.of()
                : tables.rows().stream()
                        .filter(this::wouldDo)
                        .map(row -> RowReading.of(row, trial.proposal()))
                        .sorted(RowReading.NEAREST)
                        .limit(NEAREST)
                        .map(Judge::unmatched)
                        .toList();
    }

    private boolean wouldDo(Row row) {
        Cell<Answer> expected = test.expected().mode();
        return row.isAuthority()
                && expected != null
                && row.outcome().mode().ordinal() <= expected.value().ordinal();
    }

    private void rows(@Nullable Cell<List<String>> expected) {
        if (expected == null) {
            return;
        }
        List<String> matched = trial.ruleIds();
        List<String> why = new ArrayList<>();
        expected.value().stream().filter(id -> !matched.contains(id)).forEach(id -> why.add(missing(id)));
        matched.stream().filter(id -> !expected.value().contains(id)).forEach(id -> why.add(unexpected(id)));
        if (!why.isEmpty()) {
            failures.add(new Failure(expected.address(), list(expected.value()), list(matched), why));
        }
    }

    private String missing(String id) {
        Row row = row(id);
        if (row == null) {
            List<String> known = tables.rows().stream().map(Row::id).toList();
            return "`" + id + "` did not match: no row has this id" + Suggestion.didYouMean(id, known);
        }
        return trial.verdict() == null
                ? "`" + id + "` was not asked: the proposal was refused: " + trial.refusal()
                : unmatched(RowReading.of(row, trial.proposal()));
    }

    private static String unmatched(RowReading reading) {
        return "`" + reading.row().id() + "` " + reading.effect() + " and did not match, "
                + reading.row().place() + ": " + String.join("; ", reading.obstacles());
    }

    private String unexpected(String id) {
        Row row = row(id);
        if (row == null) {
            return "`" + id + "` matched, a DRL rule";
        }
        RowReading reading = RowReading.of(row, trial.proposal());
        List<String> conditions = reading.conditions().stream()
                .map(condition -> condition.sentence())
                .toList();
        return "`" + id + "` " + reading.effect() + " and matched, "
                + reading.row().place()
                + (conditions.isEmpty() ? ": it asks nothing" : ": " + String.join("; ", conditions));
    }

    private @Nullable Row row(String id) {
        return tables.rows().stream()
                .filter(row -> row.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    private void because(@Nullable Cell<String> expected) {
        if (expected != null && !expected.value().equals(trial.reason())) {
            failures.add(new Failure(expected.address(), expected.value(), trial.reason(), causes()));
        }
    }

    private static String list(List<String> ids) {
        return ids.isEmpty() ? "none" : String.join(", ", ids);
    }
}
