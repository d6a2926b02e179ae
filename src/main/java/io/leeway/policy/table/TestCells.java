package io.leeway.policy.table;

import io.leeway.policy.Path;
import io.leeway.policy.Suggestion;
import io.leeway.policy.TestCase.Answer;
import io.leeway.policy.TestInput;
import io.leeway.policy.Vocabulary;
import io.leeway.policy.check.FindingCode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the cells of a {@code Tests} sheet; null means that a cell is wrong, which has then been reported. */
final class TestCells {
    /** What a cell says when no row may match. */
    private static final String NONE = "none";

    private final Source source;
    private final CellReader cells;

    TestCells(Source source, CellReader cells) {
        this.source = source;
        this.cells = cells;
    }

    /** A value of the input's kind. */
    @Nullable
    Object given(TestInput input, CellValue cell, int row, int column) {
        Object value = switch (input.kind()) {
            case TEXT -> cells.text(cell, row, column);
            case NUMBER -> cells.number(cell, row, column);
            case FLAG -> cells.flag(cell, row, column);
            case MOMENT -> moment(cell, row, column);
        };
        String problem = problem(input.path(), value);
        if (problem != null) {
            source.report(FindingCode.OUT_OF_RANGE, row, column, problem);
        }
        return problem == null ? value : null;
    }

    private static @Nullable String problem(@Nullable Path path, @Nullable Object value) {
        if (path != null && value instanceof BigDecimal number) {
            return Vocabulary.problemWith(path, number);
        }
        return path != null && value instanceof String text ? Vocabulary.problemWith(path, text) : null;
    }

    /** A date cell in UTC; ISO 8601 in CSV, a day alone being its midnight. */
    private @Nullable Instant moment(CellValue cell, int row, int column) {
        if (cell instanceof CellValue.Moment moment) {
            return moment.time().toInstant(ZoneOffset.UTC);
        }
        if (cell instanceof CellValue.Formula) {
            return null;
        }
        String text = cell instanceof CellValue.Untyped untyped
                ? untyped.text().strip()
                : cell instanceof CellValue.Text typed ? typed.text().strip() : "";
        try {
            return text.length() == "2026-12-31".length()
                    ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            source.report(
                    FindingCode.WRONG_TYPE,
                    row,
                    column,
                    "found " + cell.described() + ", expected a date, or a moment such as 2026-12-31T12:00:00Z");
            return null;
        }
    }

    /** What must become of the proposal. */
    @Nullable
    Answer answer(CellValue cell, int row, int column) {
        String text = cells.text(cell, row, column);
        Answer answer = text == null ? null : Answer.parse(text);
        if (text != null && answer == null) {
            List<String> known =
                    Arrays.stream(Answer.values()).map(Answer::words).toList();
            source.report(
                    FindingCode.UNKNOWN_ANSWER,
                    row,
                    column,
                    "unknown mode `" + text + "`" + Suggestion.didYouMean(text, known));
        }
        return answer;
    }

    /** Ids of rows and DRL rules, separated by commas; {@code none} for no row at all. */
    @Nullable
    List<String> rowIds(CellValue cell, int row, int column) {
        String text = cells.text(cell, row, column);
        if (text == null) {
            return null;
        }
        if (text.equals(NONE)) {
            return List.of();
        }
        List<String> ids = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            ids.add(part.strip());
        }
        if (ids.contains("")) {
            source.report(FindingCode.WRONG_COUNT, row, column, "a blank value in the list `" + text + "`");
            return null;
        }
        return ids;
    }
}
