package io.leeway.policy.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.policy.PolicyFile;
import io.leeway.policy.Row;
import io.leeway.testing.SheetBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.TreeSet;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What LibreOffice makes of a workbook is still the same policy. The file is {@link #workbook()}, saved by
 * {@code soffice --headless --convert-to xlsx} of LibreOffice 7.4.
 */
class LibreOfficeTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

    @Test
    void a_workbook_saved_by_libreoffice_gives_the_same_rows() throws IOException {
        List<Row> saved = rows(new PolicyFile("policy.xlsx", fixture()));

        assertThat(saved).hasSize(3);
        assertThat(saved)
                .usingRecursiveComparison()
                .ignoringFields("sha256")
                .ignoringFieldsMatchingRegexes(".*read")
                .isEqualTo(rows(workbook()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            t="b" | <f>TRUE()</f><v>1</v>                 | flag `TRUE`
            t="b" | <f>FALSE()</f><v>0</v>                | flag `FALSE`
            t="n" | <f aca="false">TRUE()</f><v>1</v>     | flag `TRUE`
            s="0" | <f aca="false">False()</f><v>0</v>    | flag `FALSE`
            t="b" | <f t="normal">true()</f><v>true</v>   | flag `TRUE`
            t="b" | <f>TRUE()</f>                         | flag `TRUE`
            t="b" | <v>0</v><f>FALSE()</f>                | flag `FALSE`
            t="b" | <f>TRUE()</f><v>0</v>                 | formula `=TRUE()` with the result `0`
            t="n" | <f>FALSE()</f><v>1</v>                | formula `=FALSE()` with the result `1`
            t="n" | <f>TRUE()</f><v>2</v>                 | formula `=TRUE()` with the result `2`
            t="str" | <f>TRUE()</f><v>1</v>               | formula `=TRUE()` with the result `1`
            t="e" | <f>TRUE()</f><v>#REF!</v>             | formula `=TRUE()` with the result `#REF!`
            t="b" | <f>TRUE</f><v>1</v>                   | formula `=TRUE`
            t="b" | <f>TRUE(1)</f><v>1</v>                | formula `=TRUE(1)`
            t="b" | <f>TRUE( )</f><v>1</v>                | formula `=TRUE( )`
            t="b" | <f>=TRUE()</f><v>1</v>                | formula `==TRUE()`
            t="b" | <f>NOT(FALSE())</f><v>1</v>           | formula `=NOT(FALSE())`
            t="b" | <f>TRUE()+0</f><v>1</v>               | formula `=TRUE()+0`
            t="b" | <f></f><v>1</v>                       | formula `=`
            t="b" | <f t="array" ref="A1:B1">TRUE()</f><v>1</v>          | formula `=TRUE()`
            t="b" | <f t="shared" ref="A1:B1" si="0">TRUE()</f><v>1</v>  | formula `=TRUE()`
            t="b" | <f>A7</f><f>TRUE()</f><v>1</v>        | formula `=TRUE()`
            """)
    void only_the_constants_written_as_functions_are_flags(String attributes, String content, String described)
            throws XMLStreamException, UnreadableFileException {
        String xml = "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" " + attributes + ">" + content
                + "</c></row></sheetData></worksheet>";
        SheetPart part = new SheetPart(
                new XmlPart(xml.getBytes(StandardCharsets.UTF_8)), List.of(), new Styles(), false, new SheetBudget());

        assertThat(part.read("Main", false, new TreeSet<>()).at(0, 0))
                .extracting(CellValue::described)
                .isEqualTo(described);
    }

    /** Flags, dates, decimals, a list, a switch, blank cells, code rows hidden and objects merged. */
    static PolicyFile workbook() {
        return SheetBuilder.policy("Safeguards", "risk@example.com")
                .line("Review by", LocalDate.of(2027, 1, 31))
                .table("Freshness")
                .name()
                .condition("Action", "forall(||){action.type == \"$\"}")
                .condition("Can be undone", "action.reversible == $param")
                .condition("Less sure than", "action.confidence < $param")
                .condition("Old rates", "evidence.staleAfter(\"rate.card\", \"P1D\") == true")
                .require()
                .because()
                .expires()
                .firstDay()
                .lastDay()
                .row(
                        "FRE-01",
                        "billing.adjust, billing.refund",
                        true,
                        new BigDecimal("0.85"),
                        "x",
                        "Human in the loop",
                        "Größe, 'below' < 85 % & unsure.",
                        "PT15M",
                        LocalDate.of(2026, 1, 1),
                        LocalDate.of(2026, 12, 31))
                .row("FRE-02", "billing.adjust", false, 0.3, null, "Human in control", "It cannot be undone.")
                .row("FRE-03", null, null, new BigDecimal("0.123456789"), true, "Prohibited", "Unsure, on old rates.")
                .hideRow(7)
                .hideRow(8)
                .hideRow(9)
                .xlsx("policy.xlsx");
    }

    private static byte[] fixture() throws IOException {
        try (InputStream file = LibreOfficeTest.class.getResourceAsStream("/workbooks/libreoffice.xlsx")) {
            return file.readAllBytes();
        }
    }

    private static List<Row> rows(PolicyFile file) {
        Reading reading = PolicyReader.read(List.of(file), TODAY);
        assertThat(reading.findings()).isEmpty();
        return reading.tables().rows();
    }
}
