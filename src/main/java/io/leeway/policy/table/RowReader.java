package io.leeway.policy.table;

import io.leeway.model.ApprovalRequirement;
import io.leeway.model.Effect;
import io.leeway.model.Mode;
import io.leeway.model.Obligation;
import io.leeway.policy.Condition;
import io.leeway.policy.IsoDuration;
import io.leeway.policy.OutcomeLimits;
import io.leeway.policy.Row;
import io.leeway.policy.RuleNames;
import io.leeway.policy.Suggestion;
import io.leeway.policy.VerdictBuilder;
import io.leeway.policy.check.DraftTable.DraftRow;
import io.leeway.policy.check.DraftTable.Expiry;
import io.leeway.policy.check.FindingCode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one data row of a table. For one row only. */
final class RowReader {
    static final Pattern ID = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._/-]{0,63}");
    private static final List<String> MODES =
            List.of("Autonomous", "Human in the loop", "Human in control", "Prohibited");

    /**
     * What all rows of the table share.
     *
     * @param effects whether any column grants or requires
     * @param complete whether a condition may not be left blank, because a forgotten limit would grant without one
     */
    record Shared(
            String title,
            Head head,
            List<TableColumn> columns,
            boolean effects,
            boolean complete,
            Source source,
            CellReader cells,
            LayoutCells conditions) {}

    private final Shared shared;
    private final Source source;
    private final CellReader cells;
    private final int row;

    private String id = "";
    private int idColumn = -1;
    private final List<Condition> conditions = new ArrayList<>();
    private @Nullable Effect effect;
    private Mode mode = Mode.HUMAN_IN_CONTROL;
    private int effectColumn = -1;
    private @Nullable String because;
    private @Nullable ApprovalRequirement approvers;
    private final List<Obligation> obligations = new ArrayList<>();
    private @Nullable Duration expires;
    private String owner;
    private String regulation;
    private String ticket = "";
    private @Nullable LocalDate firstDay;
    private @Nullable Expiry lastDay;
    private boolean sound = true;

    RowReader(Shared shared, int row) {
        this.shared = shared;
        this.source = shared.source();
        this.cells = shared.cells();
        this.row = row;
        this.owner = shared.head().owner();
        this.regulation = shared.head().regulation();
    }

    /** Reads the row, reporting all that is wrong with it. */
    DraftRow read(Sheet sheet) {
        boolean effectSeen = false;
        SheetRow line = sheet.row(row);
        for (TableColumn column : shared.columns()) {
            CellValue value = line.at(column.index());
            if (column.kind() == ColumnKind.NAME) {
                idColumn = column.index();
            }
            boolean isEffect = column.kind() == ColumnKind.GRANT || column.kind() == ColumnKind.REQUIRE;
            if (isEffect && effectColumn < 0) {
                effectColumn = column.index();
            }
            if (value == null) {
                blank(column);
                continue;
            }
            if (isEffect && effectSeen) {
                wrong(FindingCode.TWO_EFFECTS, column.index(), "a second effect, `" + value.described() + "`");
                continue;
            }
            effectSeen |= isEffect;
            cell(column, value);
        }
        if (shared.effects() && !effectSeen) {
            wrong(FindingCode.MISSING_EFFECT, effectColumn, "the row says no mode");
        }
        checkDates();
        int first = shared.columns().get(0).index();
        return new DraftRow(
                id,
                Address.text(row, idColumn < 0 ? first : idColumn),
                effect,
                Address.text(row, effectColumn < 0 ? first : effectColumn),
                conditions,
                lastDay,
                sound ? row(sheet) : null);
    }

    private void blank(TableColumn column) {
        if (column.kind() == ColumnKind.NAME) {
            wrong(FindingCode.MISSING_ID, column.index(), "the row has no id");
        } else if (column.kind() == ColumnKind.BECAUSE) {
            wrong(FindingCode.MISSING_BECAUSE, column.index(), "the row does not say why");
        } else if (column.kind() == ColumnKind.CONDITION && shared.complete()) {
            wrong(FindingCode.BLANK_CONDITION, column.index(), "a blank condition in a row that grants");
        }
    }

    private void cell(TableColumn column, CellValue value) {
        int index = column.index();
        switch (column.kind()) {
            case NAME -> id(value, index);
            case CONDITION -> condition(column, value);
            case GRANT, REQUIRE -> effect(column.kind() == ColumnKind.GRANT, value, index);
            case BECAUSE -> because = kept(cells.sentence(value, row, index));
            case APPROVERS -> approvers(value, index);
            case OBLIGE -> obligation(value, index);
            case EXPIRES -> expires = duration(kept(cells.text(value, row, index)), index);
            case OWNER -> owner = textOr(owner, cells.text(value, row, index));
            case REGULATION -> regulation = textOr(regulation, cells.sentence(value, row, index));
            case TICKET -> ticket = textOr(ticket, cells.text(value, row, index));
            case FIRST_DAY -> firstDay = kept(cells.date(value, row, index));
            case LAST_DAY -> {
                LocalDate day = kept(cells.date(value, row, index));
                lastDay = day == null ? null : new Expiry(day, Address.text(row, index));
            }
            case DESCRIPTION, BROKEN -> {}
        }
    }

    private void id(CellValue value, int column) {
        String text = kept(cells.text(value, row, column));
        if (text == null) {
            return;
        }
        if (!ID.matcher(text).matches() || RuleNames.isTaken(text)) {
            wrong(FindingCode.INVALID_ID, column, "`" + text + "` cannot be an id");
        } else {
            id = text;
        }
    }

    private void condition(TableColumn column, CellValue value) {
        ConditionSnippet snippet = column.condition();
        List<Condition> read = snippet == null ? null : shared.conditions().read(snippet, value, row, column.index());
        if (read == null) {
            sound = false;
        } else {
            conditions.addAll(read);
        }
    }

    private void effect(boolean grants, CellValue value, int column) {
        effectColumn = column;
        String text = kept(cells.text(value, row, column));
        if (text == null) {
            return;
        }
        effect = grants ? Effect.GRANT : text.equals("Prohibited") ? Effect.PROHIBIT : Effect.REQUIRE;
        Mode found = text.equals("Prohibited") && !grants ? Mode.HUMAN_IN_CONTROL : VerdictBuilder.mode(text);
        if (found == null) {
            String message = text.equals("Prohibited")
                    ? "`Prohibited` cannot be granted, only required"
                    : "unknown mode `" + text + "`" + Suggestion.didYouMean(text, grants ? MODES.subList(0, 3) : MODES);
            wrong(FindingCode.UNKNOWN_MODE, column, message);
        } else {
            mode = found;
        }
    }

    private void approvers(CellValue value, int column) {
        List<String> parts = kept(shared.conditions().parts(value, 2, row, column));
        if (parts == null) {
            return;
        }
        if (isWithin(OutcomeLimits.problemWithApprovers(parts.get(0), parts.get(1)), column)) {
            approvers = new ApprovalRequirement(parts.get(0), new BigDecimal(parts.get(1)).intValueExact());
        }
    }

    private void obligation(CellValue value, int column) {
        List<String> parts = kept(shared.conditions().parts(value, 2, row, column));
        if (parts == null) {
            return;
        }
        boolean plan = parts.get(0).equals("reversal-plan");
        String said = plan ? shared.conditions().duration(parts.get(1)) : parts.get(1);
        Obligation obligation = new Obligation(parts.get(0), said);
        if (isWithin(OutcomeLimits.problemWith(obligation), column)) {
            obligations.add(obligation);
        }
    }

    private @Nullable Duration duration(@Nullable String text, int column) {
        String iso = text == null ? null : shared.conditions().duration(text);
        return iso != null && isWithin(OutcomeLimits.problemWithDuration(iso), column) ? IsoDuration.parse(iso) : null;
    }

    private boolean isWithin(OutcomeLimits.@Nullable Problem problem, int column) {
        if (problem == null) {
            return true;
        }
        FindingCode code = switch (problem.fault()) {
            case WRONG_TYPE -> FindingCode.WRONG_TYPE;
            case OUT_OF_RANGE -> FindingCode.OUT_OF_RANGE;
            case BAD_DURATION -> FindingCode.BAD_DURATION;
        };
        wrong(code, column, problem.message());
        return false;
    }

    private void checkDates() {
        if (firstDay != null && lastDay != null && firstDay.isAfter(lastDay.day())) {
            source.findings()
                    .report(
                            FindingCode.DATES_REVERSED,
                            source.file(),
                            source.sheet(),
                            lastDay.cell(),
                            "the last day `" + lastDay.day() + "` is before the first, `" + firstDay + "`");
            sound = false;
        }
    }

    private @Nullable Row row(Sheet sheet) {
        if (effect == null || because == null || id.isEmpty() || owner.isEmpty()) {
            return null;
        }
        List<TableColumn> columns = shared.columns();
        return new Row(
                id,
                source.file(),
                sheet.name(),
                row + 1,
                Address.range(
                        row,
                        columns.get(0).index(),
                        columns.get(columns.size() - 1).index()),
                source.sha256(),
                shared.title(),
                owner,
                regulation,
                ticket,
                conditions,
                new Row.Outcome(effect, mode, because, approvers, obligations, expires),
                firstDay,
                lastDay == null ? null : lastDay.day(),
                shared.head().zone());
    }

    private void wrong(FindingCode code, int column, String message) {
        sound = false;
        source.report(code, row, column, message);
    }

    /** Passes a value on; a null one has been reported, and makes the row unsound. */
    private <T> @Nullable T kept(@Nullable T value) {
        sound &= value != null;
        return value;
    }

    private String textOr(String otherwise, @Nullable String text) {
        sound &= text != null;
        return text == null ? otherwise : text;
    }
}
