package io.leeway.policy.table;

import io.leeway.policy.check.FindingCode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;
import org.apache.poi.ss.usermodel.DateUtil;
import org.jspecify.annotations.Nullable;

/** Reads the part of one worksheet. */
final class SheetPart {
    private static final Pattern ZERO = Pattern.compile("0\\.0*");

    private final XmlPart xml;
    private final List<RichText> strings;
    private final Styles styles;
    private final boolean from1904;
    private final SheetBudget budget;

    private final NavigableMap<Integer, SheetRow> rows = new TreeMap<>();
    private final BitSet hiddenRows = new BitSet();
    private final BitSet hiddenColumns = new BitSet();
    private final List<Area> merged = new ArrayList<>();
    private final List<Area> filters = new ArrayList<>();
    private final SortedSet<Address> struck = new TreeSet<>();
    private final List<Area> formulas = new ArrayList<>();

    SheetPart(XmlPart xml, List<RichText> strings, Styles styles, boolean from1904, SheetBudget budget) {
        this.xml = xml;
        this.strings = strings;
        this.styles = styles;
        this.from1904 = from1904;
        this.budget = budget;
    }

    /** Reads the part, of which the sheet's name, sight and notes stand elsewhere. */
    Sheet read(String name, boolean hidden, SortedSet<Address> notes)
            throws XMLStreamException, UnreadableFileException {
        int row = -1;
        while (xml.next()) {
            if (!xml.isStart()) {
                continue;
            }
            switch (xml.name()) {
                case "col" -> column();
                case "row" -> {
                    row = xml.number("r", row + 2) - 1;
                    row(row);
                }
                case "mergeCell" -> {
                    budget.merge();
                    merged.add(area(xml.attribute("ref")));
                }
                case "autoFilter" -> filters.add(area(xml.attribute("ref")));
                case "oleObject", "control" ->
                    throw new UnreadableFileException(
                            FindingCode.EMBEDDED_OBJECT, null, "sheet `" + name + "` holds an embedded object");
                default -> {}
            }
        }
        for (Area area : formulas) {
            spill(area);
        }
        return new Sheet(name, hidden, rows, hiddenRows, hiddenColumns, merged, filters, struck, notes);
    }

    private void column() throws XMLStreamException {
        int first = Math.max(1, xml.number("min", 1));
        int last = Math.min(Address.COLUMNS, xml.number("max", first));
        String width = xml.attribute("width");
        if (first <= last && (xml.isSet("hidden") || isZero(width))) {
            hiddenColumns.set(first - 1, last);
        }
    }

    private void row(int row) throws XMLStreamException, UnreadableFileException {
        if (row < 0 || row >= Address.ROWS || rows.containsKey(row)) {
            throw malformed();
        }
        if (xml.isSet("hidden") || isZero(xml.attribute("ht"))) {
            hiddenRows.set(row);
        }
        SheetRow cells = new SheetRow();
        int column = -1;
        while (xml.next() && !xml.ends("row")) {
            if (xml.starts("c")) {
                column = column(row, column + 1);
                CellValue value = cell(row, column);
                if (value != null) {
                    budget.cell(column);
                    if (cells.at(column) != null) {
                        throw malformed();
                    }
                    cells.put(column, value);
                }
            }
        }
        if (cells.size() > 0) {
            budget.row();
            rows.put(row, cells);
        }
    }

    private static boolean isZero(String size) {
        return size.equals("0") || (size.startsWith("0.") && ZERO.matcher(size).matches());
    }

    private int column(int row, int otherwise) throws UnreadableFileException {
        String reference = xml.attribute("r");
        if (reference.isEmpty()) {
            return otherwise;
        }
        Address address = Address.parse(reference);
        if (address == null || address.row() != row) {
            throw malformed();
        }
        return address.column();
    }

    private @Nullable CellValue cell(int row, int column) throws XMLStreamException, UnreadableFileException {
        String type = xml.attribute("t");
        int style = xml.number("s", 0);
        boolean isStruck = styles.isStruck(style);
        String value = null;
        CellValue.Formula formula = null;
        boolean plain = true;
        while (xml.next() && !xml.ends("c")) {
            if (xml.starts("f")) {
                plain = formula == null && isPlainFormula();
                formula = formula();
            } else if (xml.starts("v")) {
                value = xml.text();
            } else if (xml.starts("is")) {
                RichText inline = RichText.read(xml, "is");
                value = inline.text();
                isStruck |= inline.struck();
            }
        }
        if (formula != null) {
            return plain ? constant(formula, type, value) : formula;
        }
        if (value != null && (isStruck || (type.equals("s") && shared(value).struck()))) {
            struck.add(new Address(row, column));
        }
        return value == null ? null : value(type, value, styles.isDate(style));
    }

    /** Neither an array's nor shared with other cells: it says all about its own cell and nothing about any other. */
    private boolean isPlainFormula() {
        String kind = xml.attribute("t");
        return xml.attribute("ref").isEmpty() && (kind.isEmpty() || kind.equals("normal"));
    }

    /**
     * LibreOffice writes the constants TRUE and FALSE as functions without arguments. The name says the value; what the
     * file gives as the result must not say otherwise, or people would see one value and the policy hold another.
     */
    private static CellValue constant(CellValue.Formula formula, String type, @Nullable String result) {
        boolean isTrue = formula.text().equalsIgnoreCase("TRUE()");
        if (!isTrue && !formula.text().equalsIgnoreCase("FALSE()")) {
            return formula;
        }
        boolean agrees = switch (type) {
            case "b", "n", "" ->
                result == null
                        || result.strip().equals(isTrue ? "1" : "0")
                        || result.strip().equals(isTrue ? "true" : "false");
            default -> false;
        };
        return agrees
                ? new CellValue.Flag(isTrue)
                : new CellValue.Formula(formula.text(), result == null ? "" : result);
    }

    private CellValue.Formula formula() throws XMLStreamException, UnreadableFileException {
        String reference = xml.attribute("ref");
        if (!reference.isEmpty() && !xml.attribute("t").equals("shared")) {
            formulas.add(area(reference));
        }
        return new CellValue.Formula(xml.text());
    }

    /** The cells that an array formula fills are formulas too, though the file gives only their results. */
    private void spill(Area area) {
        for (SheetRow cells :
                rows.subMap(area.firstRow(), true, area.lastRow(), true).values()) {
            int column = cells.next(area.firstColumn());
            while (column >= 0 && column <= area.lastColumn()) {
                if (!(cells.at(column) instanceof CellValue.Formula)) {
                    cells.put(column, new CellValue.Formula("array"));
                }
                column = cells.next(column + 1);
            }
        }
    }

    private @Nullable CellValue value(String type, String value, boolean date)
            throws UnreadableFileException, XMLStreamException {
        return switch (type) {
            case "s" -> text(shared(value).text());
            case "inlineStr" -> text(value);
            case "str" -> text(RichText.unescaped(value));
            case "b" ->
                new CellValue.Flag(value.strip().equals("1") || value.strip().equals("true"));
            case "e" -> new CellValue.Broken(value);
            case "d" -> isoDate(value.strip());
            case "", "n" -> number(value.strip(), date);
            default -> throw malformed();
        };
    }

    private RichText shared(String index) throws UnreadableFileException {
        int number = Digits.parse(index.strip(), 0);
        if (number < 0 || number >= strings.size()) {
            throw malformed();
        }
        return strings.get(number);
    }

    private static @Nullable CellValue text(String text) throws UnreadableFileException {
        if (text.length() > Limits.TEXT) {
            throw UnreadableFileException.tooLarge("a cell holds more than `" + Limits.TEXT + "` characters");
        }
        return text.isBlank() ? null : new CellValue.Text(text);
    }

    private static CellValue isoDate(String text) {
        try {
            return new CellValue.Moment(LocalDateTime.parse(text.contains("T") ? text : text + "T00:00:00"));
        } catch (DateTimeParseException e) {
            return new CellValue.Broken(text);
        }
    }

    private @Nullable CellValue number(String text, boolean date) throws UnreadableFileException {
        if (text.isEmpty()) {
            return null;
        }
        double number;
        try {
            number = text.length() > 64 ? Double.NaN : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw malformed();
        }
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            throw malformed();
        }
        if (date) {
            LocalDateTime time = DateUtil.isValidExcelDate(number) && number < 2_958_466
                    ? DateUtil.getLocalDateTime(number, from1904)
                    : null;
            return time == null ? new CellValue.Broken(text) : new CellValue.Moment(time);
        }
        return new CellValue.Decimal(shortest(number));
    }

    /** The shortest decimal that is the same double; {@code Double.toString} finds it only from JDK 19 on. */
    static BigDecimal shortest(double number) {
        BigDecimal exact = new BigDecimal(number);
        for (int digits = 15; digits < 17; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits));
            if (rounded.doubleValue() == number) {
                return rounded.stripTrailingZeros();
            }
        }
        return exact.round(new MathContext(17)).stripTrailingZeros();
    }

    private static Area area(String reference) throws UnreadableFileException {
        Area area = Area.parse(reference);
        if (area == null) {
            throw malformed();
        }
        return area;
    }

    private static UnreadableFileException malformed() {
        return UnreadableFileException.malformed("the workbook is damaged: a sheet holds a cell that makes no sense");
    }
}
