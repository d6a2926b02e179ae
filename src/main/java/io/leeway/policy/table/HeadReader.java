package io.leeway.policy.table;

import io.leeway.policy.Suggestion;
import io.leeway.policy.check.FindingCode;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the lines of keys and values above a sheet's first table. */
final class HeadReader {
    private static final List<String> DROOLS = List.of(
            "RuleSet",
            "Import",
            "Variables",
            "Owner",
            "Rationale",
            "Regulation",
            "Review by",
            "Sequential",
            "RuleTable");
    private static final List<String> PLAIN =
            List.of("Owner", "Rationale", "Regulation", "Review by", "Time zone", "May act", "Needs at least");
    /** Where a table begins: never a key of its own. */
    private static final List<String> TITLES = List.of("RuleTable", "May act", "Needs at least");

    private static final Map<String, String> ONLY =
            Map.of("Import", "io.leeway.model.Proposal", "Variables", "io.leeway.policy.VerdictBuilder verdict");

    private final Sheet sheet;
    private final Source source;
    private final CellReader cells;
    private final LocalDate today;
    private final boolean plain;
    private ZoneId zone = ZoneOffset.UTC;
    private final Map<String, String> values = new HashMap<>();

    /** Reads a head: of plain sheets, or of those in the Drools layout. */
    HeadReader(Sheet sheet, Source source, CellReader cells, LocalDate today, boolean plain) {
        this.sheet = sheet;
        this.source = source;
        this.cells = cells;
        this.today = today;
        this.plain = plain;
    }

    /** Reads all rows before that one. */
    Head read(int end) {
        for (int row : sheet.rows().headMap(end).keySet()) {
            line(row, sheet.row(row).first());
        }
        if (!plain && !values.containsKey("RuleSet")) {
            source.report(FindingCode.MISSING_RULE_SET, "the sheet has a table but no `RuleSet`");
        }
        if (!values.containsKey("Owner")) {
            source.report(FindingCode.MISSING_OWNER, "the sheet's head has no `Owner`");
        }
        return new Head(values.getOrDefault("Owner", ""), values.getOrDefault("Regulation", ""), zone);
    }

    private void line(int row, int column) {
        String key = sheet.text(row, column);
        List<String> keys = plain ? PLAIN : DROOLS;
        if (plain && !keys.contains(key) && sheet.row(row).size() == 1) {
            return; // The sheet's title, or a note.
        }
        if (!keys.contains(key) || TITLES.contains(key)) {
            CellValue found = sheet.at(row, column);
            String described = key.isEmpty() && found != null ? found.described() : "`" + key + "`";
            source.report(
                    FindingCode.UNKNOWN_KEY,
                    row,
                    column,
                    "unknown key " + described + Suggestion.didYouMean(key, keys));
            return;
        }
        if (values.containsKey(key)) {
            source.report(FindingCode.REPEATED_KEY, row, column, "key `" + key + "` stands in this sheet already");
        }
        values.putIfAbsent(key, "");
        CellValue value = sheet.at(row, column + 1);
        if (value == null) {
            source.report(missing(key), row, column + 1, "key `" + key + "` has no value");
            return;
        }
        String text = value(key, value, row, column + 1);
        if (text != null) {
            values.put(key, text);
        }
    }

    private void zone(CellValue value, int row, int column) {
        String text = cells.text(value, row, column);
        if (text == null) {
            return;
        }
        if (ZoneId.getAvailableZoneIds().contains(text)) {
            zone = text.equals("UTC") ? ZoneOffset.UTC : ZoneId.of(text);
        } else {
            String message = "`" + text + "` is no time zone such as `Europe/Berlin` or `UTC`"
                    + Suggestion.didYouMean(text, new TreeSet<>(ZoneId.getAvailableZoneIds()));
            source.report(FindingCode.WRONG_VALUE, row, column, message);
        }
    }

    private static FindingCode missing(String key) {
        return key.equals("Owner") ? FindingCode.MISSING_OWNER : FindingCode.WRONG_VALUE;
    }

    private @Nullable String value(String key, CellValue value, int row, int column) {
        if (key.equals("Review by")) {
            LocalDate date = cells.date(value, row, column);
            if (date != null && date.isBefore(today)) {
                source.report(FindingCode.STALE_REVIEW, row, column, "the review was due by `" + date + "`");
            }
            return null;
        }
        if (key.equals("Sequential")) {
            if (Boolean.TRUE.equals(cells.flag(value, row, column))) {
                source.report(
                        FindingCode.WRONG_VALUE, row, column, "`Sequential` may only be `false`: rows have no order");
            }
            return null;
        }
        if (key.equals("Time zone")) {
            zone(value, row, column);
            return null;
        }
        String text = key.equals("Rationale") ? cells.sentence(value, row, column) : cells.text(value, row, column);
        String only = ONLY.get(key);
        if (text != null && only != null && !only.equals(text.replaceAll("\\s+", " "))) {
            source.report(
                    FindingCode.WRONG_VALUE,
                    row,
                    column,
                    "found `" + text + "`, `" + key + "` may only be `" + only + "`");
        }
        return text;
    }
}
