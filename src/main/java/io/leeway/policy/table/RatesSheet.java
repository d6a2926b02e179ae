package io.leeway.policy.table;

import io.leeway.policy.Rates;
import io.leeway.policy.Rates.Rate;
import io.leeway.policy.check.FindingCode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The exchange rates of a version, from its {@code Rates} sheets: {@code From | To | Rate | Valid from | Valid until}, so many
 * units of the second currency for one of the first, days inclusive and of UTC.
 */
final class RatesSheet {
    static final String WORD = "Rates";

    private static final List<String> COLUMNS = List.of("From", "To", "Rate", "Valid from", "Valid until");
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

    private final List<Rate> rates = new ArrayList<>();
    /** Those of each pair by their first days; no two overlap. */
    private final Map<List<String>, NavigableMap<LocalDate, Placed>> byPair = new HashMap<>();

    /** A rate, and where it stands. */
    private record Placed(Rate rate, String place) {}

    /** One line as far as it was read. */
    private static final class Line {
        private final DeclarationCells cells;
        private boolean sound = true;

        Line(DeclarationCells cells) {
            this.cells = cells;
        }

        @Nullable
        Rate read() {
            String from = currency("From");
            String to = currency("To");
            BigDecimal rate = rate();
            LocalDate first = date("Valid from");
            LocalDate last = date("Valid until");
            if (sound && from.equals(to)) {
                wrong(FindingCode.WRONG_VALUE, "To", "a rate from `" + from + "` to itself");
            }
            if (first != null && last != null && last.isBefore(first)) {
                wrong(
                        FindingCode.DATES_REVERSED,
                        "Valid until",
                        "the last day `" + last + "` is before the first, `" + first + "`");
            }
            return sound && rate != null ? new Rate(from, to, rate, first, last) : null;
        }

        private String currency(String column) {
            String text = cells.text(column);
            if (text != null && !CURRENCY.matcher(text).matches()) {
                wrong(
                        FindingCode.WRONG_VALUE,
                        column,
                        "`" + text + "` is not a currency of three capital letters such as `USD`");
            }
            sound &= text != null;
            return text == null ? "" : text;
        }

        private @Nullable BigDecimal rate() {
            CellValue cell = cells.cell("Rate");
            if (cell == null) {
                wrong(FindingCode.WRONG_VALUE, "Rate", "the line has no rate");
                return null;
            }
            BigDecimal rate = cells.number("Rate");
            if (rate != null && rate.signum() <= 0) {
                wrong(FindingCode.OUT_OF_RANGE, "Rate", "rate `" + rate.toPlainString() + "`, it must be above 0");
            }
            sound &= rate != null;
            return rate;
        }

        private @Nullable LocalDate date(String column) {
            LocalDate date = cells.cell(column) == null ? null : cells.date(column);
            sound &= cells.cell(column) == null || date != null;
            return date;
        }

        private void wrong(FindingCode code, String column, String message) {
            cells.report(code, column, message);
            sound = false;
        }
    }

    Rates rates() {
        return new Rates(rates);
    }

    void read(Sheet sheet, Source source, CellReader cells) {
        HeaderRow header = HeaderRow.read(sheet, source, WORD, COLUMNS);
        if (header == null) {
            return;
        }
        for (int row : header.rowsOf(sheet)) {
            DeclarationCells line = new DeclarationCells(sheet, source, cells, header, row);
            Rate rate = new Line(line).read();
            if (rate != null) {
                add(rate, line, source);
            }
        }
    }

    private void add(Rate rate, DeclarationCells line, Source source) {
        NavigableMap<LocalDate, Placed> others =
                byPair.computeIfAbsent(List.of(rate.from(), rate.to()), pair -> new TreeMap<>());
        for (Map.Entry<LocalDate, Placed> near :
                Arrays.asList(others.floorEntry(rate.begin()), others.ceilingEntry(rate.begin()))) {
            if (near != null && near.getValue().rate().overlaps(rate)) {
                line.report(
                        FindingCode.OVERLAPPING_RATES,
                        "From",
                        "a second rate from `" + rate.from() + "` to `" + rate.to() + "` on the same days as at "
                                + near.getValue().place());
                return;
            }
        }
        String sheet = source.sheet() == null ? "" : " " + source.sheet();
        others.put(rate.begin(), new Placed(rate, source.file() + sheet + " " + line.address("From")));
        rates.add(rate);
    }
}
