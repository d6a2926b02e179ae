package io.leeway.policy.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.policy.Finding;
import io.leeway.policy.PolicyFile;
import io.leeway.testing.Office;
import io.leeway.testing.SheetBuilder;
import io.leeway.testing.WorkbookWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.apache.poi.ss.usermodel.FillPatternType;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** An annotated copy says everything in its cells, and is still the workbook that it is of. */
class AnnotatedCopyTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

    @Test
    void cells_are_coloured_with_notes_and_listed_with_links() throws IOException {
        try (XSSFWorkbook copy = open(annotated(bad()))) {
            XSSFSheet sheet = copy.getSheet("It's here");
            XSSFCell mode = sheet.getRow(9).getCell(1);
            assertThat(mode.getStringCellValue()).isEqualTo("Autonomus");
            assertThat(mode.getCellComment().getString().getString())
                    .contains("unknown mode `Autonomus`", "modes are", "[unknown-mode]");
            assertThat(mode.getCellStyle().getFillPattern()).isEqualTo(FillPatternType.SOLID_FOREGROUND);
            XSSFCell blank = sheet.getRow(9).getCell(2);
            assertThat(blank.getCellComment().getString().getString()).contains("[missing-because]");
            assertThat(sheet.getRow(9).getCell(0).getCellComment()).isNull();

            XSSFSheet list = copy.getSheet("Findings");
            assertThat(list.getLastRowNum()).isEqualTo(2);
            assertThat(list.getRow(1).getCell(2).getHyperlink().getAddress()).isEqualTo("'It''s here'!B10");
            assertThat(list.getRow(2).getCell(5).getStringCellValue()).isEqualTo("missing-because");
        }
    }

    @Test
    void a_copy_has_the_same_findings_and_no_more() {
        PolicyFile bad = bad();
        assertThat(findings(annotated(bad))).isEqualTo(findings(bad));
    }

    @Test
    void a_copy_that_was_mended_is_sound_and_loses_its_notes_when_copied_again() throws IOException {
        PolicyFile mended;
        try (XSSFWorkbook copy = open(annotated(bad()))) {
            copy.getSheet("It's here").getRow(9).getCell(1).setCellValue("Autonomous");
            copy.getSheet("It's here").getRow(9).getCell(2).setCellValue("Because.");
            mended = save(copy);
        }
        assertThat(findings(mended)).isEmpty();
        try (XSSFWorkbook again = open(annotated(mended))) {
            XSSFCell mode = again.getSheet("It's here").getRow(9).getCell(1);
            assertThat(mode.getCellComment()).isNull();
            assertThat(mode.getCellStyle().getFillPattern()).isEqualTo(FillPatternType.NO_FILL);
            assertThat(again.getSheet("Findings").getLastRowNum()).isZero();
            assertThat(again.getNumberOfSheets()).isEqualTo(2);
        }
    }

    @Test
    void a_mended_copy_can_be_cleaned_of_everything_that_was_added() throws IOException {
        assertThat(AnnotatedCopy.cleaned(bad())).isEmpty();
        try (XSSFWorkbook clean = open(AnnotatedCopy.cleaned(annotated(bad())).orElseThrow())) {
            XSSFCell mode = clean.getSheetAt(0).getRow(9).getCell(1);
            assertThat(mode.getStringCellValue()).isEqualTo("Autonomus");
            assertThat(mode.getCellComment()).isNull();
            assertThat(mode.getCellStyle().getFillPattern()).isEqualTo(FillPatternType.NO_FILL);
            assertThat(clean.getNumberOfSheets()).isEqualTo(1);
            assertThat(AnnotatedCopy.cleaned(save(clean))).isEmpty();
        }
        assertThat(AnnotatedCopy.cleaned(sheet().csv("limits.csv"))).isEmpty();
        assertThat(AnnotatedCopy.cleaned(new PolicyFile("a.xlsx", new byte[] {1})))
                .isEmpty();
    }

    @Test
    void somebody_elses_notes_and_findings_stay() throws IOException {
        SheetBuilder theirs = SheetBuilder.of("Findings", List.of("Mine | alone"));
        PolicyFile file = WorkbookWriter.xlsx("a.xlsx", sheet(), theirs);
        try (XSSFWorkbook workbook = open(file)) {
            XSSFCell cell = workbook.getSheetAt(0).getRow(9).getCell(1);
            var drawing = workbook.getSheetAt(0).createDrawingPatriarch();
            var note = drawing.createCellComment(drawing.createAnchor(0, 0, 0, 0, 1, 1, 3, 4));
            note.setAuthor("Ada");
            note.setString(workbook.getCreationHelper().createRichTextString("ask me"));
            cell.setCellComment(note);
            file = save(workbook);
        }
        assertThat(findings(file))
                .extracting(Finding::code)
                .containsExactly("cell-note", "unknown-mode", "missing-because");
        try (XSSFWorkbook copy = open(annotated(file))) {
            assertThat(copy.getSheet("Findings").getRow(0).getCell(0).getStringCellValue())
                    .isEqualTo("Mine");
            assertThat(copy.getSheet("Findings 2").getLastRowNum()).isEqualTo(3);
            assertThat(copy.getSheetAt(0)
                            .getRow(9)
                            .getCell(1)
                            .getCellComment()
                            .getString()
                            .getString())
                    .startsWith("ask me\n\n")
                    .contains("[unknown-mode]");
        }
    }

    @Test
    void a_csv_file_becomes_a_workbook() throws IOException {
        PolicyFile csv = sheet().csv("limits.csv");
        PolicyFile copy = AnnotatedCopy.of(csv, findings(csv)).orElseThrow();
        assertThat(copy.name()).isEqualTo("limits.csv.xlsx");
        try (XSSFWorkbook workbook = open(copy)) {
            assertThat(workbook.getSheet("limits").getRow(9).getCell(1).getCellComment())
                    .isNotNull();
        }
    }

    @Test
    void what_cannot_be_read_has_no_copy() {
        byte[] bytes = "no zip".getBytes(StandardCharsets.UTF_8);
        assertThat(AnnotatedCopy.of(new PolicyFile("a.xlsx", bytes), List.of())).isEmpty();
        assertThat(AnnotatedCopy.of(new PolicyFile("a.csv", new byte[] {(byte) 0xff}), List.of()))
                .isEmpty();
        assertThat(AnnotatedCopy.of(new PolicyFile("a.drl", bytes), List.of())).isEmpty();
    }

    static boolean officeIsThere() {
        return Office.isThere() && Boolean.getBoolean("leeway.test.full");
    }

    @Test
    @EnabledIf("officeIsThere")
    void libreoffice_opens_a_copy_and_saves_the_same_findings(@TempDir Path directory) throws Exception {
        Path copy = directory.resolve("copy.xlsx");
        Files.write(copy, annotated(bad()).bytes());
        Office.edit(copy, List.of(), Files.createDirectory(directory.resolve("office")));
        PolicyFile saved = new PolicyFile("bad.xlsx", Files.readAllBytes(copy));

        assertThat(findings(saved)).isEqualTo(findings(bad()));
        try (XSSFWorkbook workbook = open(saved)) {
            assertThat(workbook.getSheet("It's here")
                            .getRow(9)
                            .getCell(1)
                            .getCellComment()
                            .getString()
                            .getString())
                    .startsWith(Notes.OURS);
        }
    }

    private static SheetBuilder sheet() {
        return SheetBuilder.policy("It's here", "owner@example.com")
                .table("T")
                .name()
                .grant()
                .because()
                .row("R-1", "Autonomus", null);
    }

    private static PolicyFile bad() {
        return sheet().xlsx("bad.xlsx");
    }

    private static List<Finding> findings(PolicyFile file) {
        return PolicyReader.read(List.of(file), TODAY).findings();
    }

    private static PolicyFile annotated(PolicyFile file) {
        return AnnotatedCopy.of(file, findings(file)).orElseThrow();
    }

    private static XSSFWorkbook open(PolicyFile file) throws IOException {
        return new XSSFWorkbook(new ByteArrayInputStream(file.bytes()));
    }

    private static PolicyFile save(XSSFWorkbook workbook) throws IOException {
        var bytes = new ByteArrayOutputStream();
        workbook.write(bytes);
        return new PolicyFile("bad.xlsx", bytes.toByteArray());
    }
}
