package io.leeway.policy.table;

import io.leeway.policy.ClockTime;
import io.leeway.policy.Condition;
import io.leeway.policy.HumanDuration;
import io.leeway.policy.IsoDuration;
import io.leeway.policy.Numbers;
import io.leeway.policy.Operator;
import io.leeway.policy.PathScope;
import io.leeway.policy.PathType;
import io.leeway.policy.Vocabulary;
import io.leeway.policy.check.FindingCode;
import io.leeway.policy.table.ConditionSnippet.Comparison;
import io.leeway.policy.table.ConditionSnippet.Slot;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the cells of plain sheets. Each is put as a Drools sheet would have it, and read as that: so both layouts have one
 * meaning.
 */
final class PlainCells implements LayoutCells {
    private static final String ANY = "any";
    private static final Pattern NOT = Pattern.compile("(?i)not\\s+(.*)", Pattern.DOTALL);
    private static final Pattern APART = Pattern.compile(",\\s+");
    private static final String ACTION_TYPE = "action.type";
    private static final String TIME = "now.time";
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
    /** Of the two systems in which workbooks count days. */
    private static final List<LocalDate> DAYS_OF_TIMES = List.of(LocalDate.of(1899, 12, 31), LocalDate.of(1904, 1, 1));

    private final Source source;
    private final CellReader cells;
    private final ConditionReader strict;
    private final NamedLists lists;

    PlainCells(Source source, CellReader cells, NamedLists lists, PathScope scope) {
        this.source = source;
        this.cells = cells;
        this.strict = new ConditionReader(source, cells, scope);
        this.lists = lists;
    }

    /** Whether the text means something of its own in a plain sheet, and so cannot stand there for itself. */
    static boolean isReserved(String text) {
        return text.equalsIgnoreCase(ANY)
                || text.startsWith("@")
                || NOT.matcher(text).matches();
    }

    @Override
    public @Nullable List<Condition> read(ConditionSnippet snippet, CellValue cell, int row, int column) {
        String text = CellReader.raw(cell);
        if (ANY.equalsIgnoreCase(text)) {
            return List.of();
        }
        if (snippet.arity() == ConditionSnippet.FIXED) {
            return strict.read(snippet, cell, row, column);
        }
        return text != null && isOneText(snippet)
                ? text(snippet.comparisons().get(0), text, row, column)
                : strict.read(snippet, put(snippet, cell), row, column);
    }

    /** Whether the whole cell is a text, or a list of texts, that one path is compared with. */
    static boolean isOneText(ConditionSnippet snippet) {
        Comparison first = snippet.comparisons().get(0);
        return snippet.comparisons().size() == 1
                && first.type() == PathType.TEXT
                && first.fixed() != null
                && !first.operand().isFixed();
    }

    @Override
    public @Nullable List<String> parts(CellValue cell, int count, int row, int column) {
        return strict.parts(cell, count, row, column);
    }

    @Override
    public String duration(String text) {
        String iso = HumanDuration.iso(text);
        return iso == null ? text : iso;
    }

    private @Nullable List<Condition> text(Comparison comparison, String text, int row, int column) {
        Matcher not = NOT.matcher(text);
        boolean negated = not.matches();
        Operator operator = comparison.operator();
        boolean list = operator == Operator.IN || operator == Operator.NOT_IN;
        boolean equality = operator == Operator.EQUAL || operator == Operator.IN;
        if (negated && !equality) {
            source.report(FindingCode.WRONG_VALUE, row, column, "`not` in a column that does not ask for equal texts");
            return null;
        }
        String rest = negated ? not.group(1).strip() : text;
        List<String> values = list ? values(comparison, rest, row, column) : List.of(rest);
        if (values == null || (!list && isListName(rest, row, column))) {
            return null;
        }
        boolean family = equality
                && comparison.name().equals(ACTION_TYPE)
                && values.stream().anyMatch(it -> it.endsWith("."));
        if (family && (negated || values.size() > 1)) {
            source.report(
                    FindingCode.WRONG_VALUE,
                    row,
                    column,
                    "a family, which ends with a point, in `" + text + "`: it stands alone in its cell, without `not`");
            return null;
        }
        Operator meant = family ? Operator.STARTS_WITH : negated ? negation(operator) : operator;
        Comparison put = new Comparison(
                comparison.name(),
                PathType.TEXT,
                comparison.arguments(),
                comparison.fixed(),
                meant,
                comparison.operand());
        CellValue cell = new CellValue.Untyped(String.join(", ", values));
        return strict.read(new ConditionSnippet(List.of(put), ConditionSnippet.WHOLE), cell, row, column);
    }

    private static Operator negation(Operator operator) {
        return operator == Operator.IN ? Operator.NOT_IN : Operator.NOT_EQUAL;
    }

    private boolean isListName(String text, int row, int column) {
        if (!text.startsWith("@")) {
            return false;
        }
        source.report(FindingCode.WRONG_VALUE, row, column, "list `" + text + "` in a column that takes one value");
        return true;
    }

    /** The values of a list, with the named ones filled in; null when one is not known, which has then been reported. */
    private @Nullable List<String> values(Comparison comparison, String text, int row, int column) {
        List<String> values = new ArrayList<>();
        boolean sound = true;
        String family = "";
        for (String part : ConditionReader.split(text)) {
            if (part.startsWith("@")) {
                List<String> named = lists.find(part.substring(1).strip());
                if (named == null) {
                    source.report(FindingCode.UNKNOWN_LIST, row, column, lists.unknown(part));
                    sound = false;
                } else {
                    values.addAll(named);
                }
            } else if (comparison.name().equals(ACTION_TYPE)) {
                // `billing.adjust, refund` is short for `billing.adjust, billing.refund`.
                boolean whole = part.isEmpty() || part.indexOf('.') >= 0;
                values.add(whole ? part : family + part);
                family = whole ? part.substring(0, part.lastIndexOf('.') + 1) : family;
            } else {
                values.add(part);
            }
        }
        return sound ? values : null;
    }

    /** The cell with its durations in ISO 8601, its numbers without separators and its times of day in hours. */
    static CellValue put(ConditionSnippet snippet, CellValue cell) {
        String text = cell instanceof CellValue.Moment moment ? clock(moment) : CellReader.raw(cell);
        if (text == null) {
            return cell;
        }
        if (snippet.arity() <= 1) {
            String put = put(snippet, 0, text);
            // A number kept as text stays one: that is for the owner to mend.
            return put.equals(text) || (cell instanceof CellValue.Text && Numbers.looksLikeOne(text))
                    ? cell
                    : new CellValue.Untyped(put);
        }
        // With a space after each comma that separates, the others belong to numbers: `500, 2,000`.
        String[] parts = APART.split(text, -1);
        if (parts.length != snippet.arity()) {
            return Numbers.parseGrouped(text) == null ? cell : new CellValue.Untyped(text.replace(",", ""));
        }
        List<String> put = new ArrayList<>();
        for (int i = 0; i < parts.length; i++) {
            put.add(put(snippet, i + 1, parts[i].strip()));
        }
        return new CellValue.Untyped(String.join(", ", put));
    }

    /** A time of day is a date cell on the day before all days of spreadsheets; null for any other date. */
    private static @Nullable String clock(CellValue.Moment moment) {
        return DAYS_OF_TIMES.contains(moment.time().toLocalDate())
                ? moment.time().toLocalTime().truncatedTo(ChronoUnit.SECONDS).format(CLOCK)
                : null;
    }

    private static String put(ConditionSnippet snippet, int index, String text) {
        for (Comparison comparison : snippet.comparisons()) {
            for (int i = 0; i < comparison.arguments().size(); i++) {
                boolean here = isAt(comparison.arguments().get(i), index);
                if (here && Vocabulary.takesDuration(comparison.name(), i)) {
                    String iso = HumanDuration.iso(text);
                    return iso == null ? text : iso;
                }
            }
            if (comparison.type() == PathType.NUMBER && isAt(comparison.operand(), index)) {
                return number(comparison.name(), text);
            }
        }
        return text;
    }

    private static boolean isAt(Slot slot, int index) {
        return slot.index() == index || (index == 0 && slot.index() == 1);
    }

    private static String number(String path, String text) {
        String iso = Vocabulary.unitOf(path).equals("s") ? HumanDuration.iso(text) : null;
        if (iso != null) {
            return String.valueOf(Objects.requireNonNull(IsoDuration.parse(iso)).toSeconds());
        }
        BigDecimal hours = path.equals(TIME) ? ClockTime.parse(text) : null;
        if (hours != null) {
            return hours.toPlainString();
        }
        BigDecimal grouped = Numbers.parseGrouped(text);
        return grouped == null ? text : grouped.toPlainString();
    }
}
