package io.leeway.policy.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.policy.Finding;
import io.leeway.policy.PolicyFile;
import io.leeway.testing.SheetBuilder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.poifs.crypt.EncryptionInfo;
import org.apache.poi.poifs.crypt.EncryptionMode;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Files that are none, hold more than tables, or are larger than anybody needs. */
class HostileFilesTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

    private static final String SHEET = "xl/worksheets/sheet1.xml";

    @Test
    void what_is_no_workbook_or_comes_twice_is_refused() {
        assertThat(codes("a.xlsx", new byte[0])).containsExactly("malformed-file");
        assertThat(codes("a.xlsx", "RuleSet,x".getBytes(StandardCharsets.UTF_8)))
                .containsExactly("malformed-file");
        assertThat(codes("a.xlsx", zip(Map.of("a.txt", "x".getBytes(StandardCharsets.UTF_8)))))
                .containsExactly("malformed-file");
        assertThat(PolicyReader.read(List.of(good(), good()), TODAY).findings())
                .extracting(Finding::code)
                .containsExactlyInAnyOrder("repeated-file", "repeated-id", "duplicate-table");
        assertThat(codes("a.xls", new byte[0])).containsExactly("wrong-file-type");
        assertThat(codes("a.xlsm", good().bytes())).containsExactly("wrong-file-type");
    }

    @Test
    void an_old_or_an_encrypted_workbook_is_refused() throws Exception {
        ByteArrayOutputStream old = new ByteArrayOutputStream();
        try (HSSFWorkbook workbook = new HSSFWorkbook()) {
            workbook.createSheet("x");
            workbook.write(old);
        }
        assertThat(codes("a.xlsx", old.toByteArray())).containsExactly("malformed-file");

        ByteArrayOutputStream encrypted = new ByteArrayOutputStream();
        try (POIFSFileSystem files = new POIFSFileSystem()) {
            var encryptor = new EncryptionInfo(EncryptionMode.standard).getEncryptor();
            encryptor.confirmPassword("secret");
            try (var out = encryptor.getDataStream(files)) {
                out.write(good().bytes());
            }
            files.writeFilesystem(encrypted);
        }
        assertThat(codes("a.xlsx", encrypted.toByteArray())).containsExactly("encrypted");
    }

    @Test
    void macros_links_and_embedded_objects_are_refused() {
        byte[] x = {1};
        assertThat(codes(with("xl/vbaProject.bin", x))).containsExactly("macros");
        assertThat(codes(with("xl/macrosheets/sheet1.xml", x))).containsExactly("macros");
        assertThat(codes(with("xl/externalLinks/externalLink1.xml", x))).containsExactly("external-link");
        assertThat(codes(with("xl/connections.xml", x))).containsExactly("external-link");
        assertThat(codes(with("xl/embeddings/oleObject1.bin", x))).containsExactly("embedded-object");
        assertThat(codes(with("xl/activeX/activeX1.xml", x))).containsExactly("embedded-object");
        assertThat(codes(changed("[Content_Types].xml", "sheet.main+xml", "sheet.macroEnabled.main+xml")))
                .containsExactly("macros");
        assertThat(
                        codes(
                                changed(
                                        "xl/_rels/workbook.xml.rels",
                                        "</Relationships>",
                                        "<Relationship Id='r9' Type='x/image' Target='http://evil.example/x' TargetMode='External'/></Relationships>")))
                .containsExactly("external-link");
    }

    @Test
    void entities_and_document_types_are_refused() {
        assertThat(codes(changed(SHEET, "<worksheet", "<!DOCTYPE w [<!ENTITY a \"b\">]><worksheet")))
                .containsExactly("malformed-file");
        assertThat(codes(changed("xl/sharedStrings.xml", "<sst", "<!DOCTYPE s SYSTEM \"file:///etc/passwd\"><sst")))
                .containsExactly("malformed-file");
    }

    @Test
    void an_archive_beyond_the_limits_is_not_read() {
        byte[] random = new byte[Limits.FILE_BYTES + 1];
        new Random(1).nextBytes(random);
        assertThat(codes("a.xlsx", random)).containsExactly("too-large");
        assertThat(codes("a.csv", random)).containsExactly("too-large");
        assertThat(codes(with("xl/bomb.xml", new byte[Limits.INFLATED_BYTES + 1])))
                .containsExactly("too-large");
        Map<String, byte[]> many = parts();
        for (int i = 0; i < Limits.ENTRIES; i++) {
            many.put("xl/more" + i, new byte[0]);
        }
        assertThat(codes("a.xlsx", zip(many))).containsExactly("too-large");
    }

    @Test
    void too_many_cells_rows_or_merged_areas_are_not_read() {
        String cell = "<c t=\"b\"><v>1</v></c>";
        assertThat(codes(changed(
                        SHEET, "</sheetData>", ("<row>" + cell.repeat(201) + "</row>").repeat(1000) + "</sheetData>")))
                .containsExactly("too-large");
        assertThat(codes(changed(SHEET, "</sheetData>", ("<row>" + cell + "</row>").repeat(10_001) + "</sheetData>")))
                .containsExactly("too-large");
        assertThat(codes(changed(
                        SHEET,
                        "</sheetData>",
                        "</sheetData><mergeCells>" + "<mergeCell ref=\"Z1:Z2\"/>".repeat(2001) + "</mergeCells>")))
                .containsExactly("too-large");
        assertThat(codes("a.csv", "x\n".repeat(10_001).getBytes(StandardCharsets.UTF_8)))
                .containsExactly("too-large");
        assertThat(codes("a.csv", "x,".repeat(1_001).getBytes(StandardCharsets.UTF_8)))
                .containsExactly("too-large");
    }

    @Test
    void a_directory_that_hides_parts_is_refused() {
        byte[] bytes = good().bytes();
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int name = text.lastIndexOf("xl/styles.xml");
        bytes[name + 3] = 'S';

        assertThat(codes("a.xlsx", bytes)).containsExactly("malformed-file");
    }

    @Test
    void a_sheet_part_that_makes_no_sense_is_refused() {
        assertThat(codes(changed(SHEET, "r=\"A1\"", "r=\"B7\""))).containsExactly("malformed-file");
        assertThat(codes(changed(SHEET, "<v>0</v>", "<v>999999</v>"))).containsExactly("malformed-file");
        assertThat(codes(changed(SHEET, "r=\"B1\"", "r=\"A1\""))).containsExactly("malformed-file");
        assertThat(codes(changed(SHEET, "<sheetData>", "<sheetData><row r=\"2000000\"/>")))
                .containsExactly("malformed-file");
    }

    @Test
    void the_cells_that_an_array_formula_fills_are_formulas() {
        assertThat(
                        codes(
                                changed(
                                        SHEET,
                                        "</sheetData>",
                                        "<row r=\"40\"><c r=\"A40\"><f t=\"array\" ref=\"A40:B40\">x</f><v>1</v></c><c r=\"B40\"><v>2</v></c></row></sheetData>")))
                .contains("formula")
                .doesNotContain("malformed-file");
    }

    @Test
    void csv_that_is_no_csv_is_refused_at_its_cell() {
        assertThat(csv(new byte[] {(byte) 0xff, (byte) 0xfe, 'R', 0})).containsExactly("malformed-file@null");
        assertThat(csv("RuleSet,x\nOwner,\"me".getBytes(StandardCharsets.UTF_8)))
                .containsExactly("malformed-file@B2");
        assertThat(csv("RuleSet,x\nOwner,m\"e".getBytes(StandardCharsets.UTF_8)))
                .containsExactly("malformed-file@B2");
        assertThat(csv("RuleSet,x\n\"Owner\" ,me".getBytes(StandardCharsets.UTF_8)))
                .containsExactly("malformed-file@A2");
    }

    @Test
    void a_file_without_end_of_findings_is_cut_off() {
        SheetBuilder sheet = SheetBuilder.policy("x", "owner@example.com")
                .table("T")
                .name()
                .grant()
                .because();
        for (int i = 0; i < 2000; i++) {
            sheet.row("R-" + i, "Never", "Because.");
        }
        List<String> codes = codes("a.csv", sheet.csv("a.csv").bytes());

        assertThat(codes).hasSize(1001).contains("too-many-findings");
    }

    @Test
    void ten_thousand_rows_are_read_in_a_moment() {
        SheetBuilder sheet = SheetBuilder.policy("x", "owner@example.com")
                .table("T")
                .name()
                .grant()
                .because();
        for (int i = 0; i < 9_000; i++) {
            sheet.row("R-" + i, "Autonomous", "Because.");
        }
        PolicyFile file = sheet.csv("a.csv");

        Assertions.assertTimeout(
                Duration.ofSeconds(20),
                () -> assertThat(codes("a.csv", file.bytes())).isEmpty());
    }

    private static PolicyFile good() {
        return SheetBuilder.policy("Remit", "owner@example.com")
                .table("T")
                .name()
                .grant()
                .because()
                .row("R-1", "Autonomous", "Because.")
                .xlsx("a.xlsx");
    }

    private static Map<String, byte[]> parts() {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(good().bytes()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                parts.put(entry.getName(), zip.readAllBytes());
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return parts;
    }

    private static byte[] zip(Map<String, byte[]> parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue());
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] with(String part, byte[] content) {
        Map<String, byte[]> parts = parts();
        parts.put(part, content);
        return zip(parts);
    }

    private static byte[] changed(String part, String from, String to) {
        String text = new String(parts().get(part), StandardCharsets.UTF_8);
        assertThat(text).contains(from);
        int at = text.indexOf(from);
        String changed = text.substring(0, at) + to + text.substring(at + from.length());
        return with(part, changed.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> codes(byte[] workbook) {
        return codes("a.xlsx", workbook);
    }

    private static List<String> codes(String name, byte[] bytes) {
        return PolicyReader.read(List.of(new PolicyFile(name, bytes)), TODAY).findings().stream()
                .map(Finding::code)
                .toList();
    }

    private static List<String> csv(byte[] bytes) {
        return PolicyReader.read(List.of(new PolicyFile("a.csv", bytes)), TODAY).findings().stream()
                .map(it -> it.code() + "@" + it.cell())
                .toList();
    }
}
