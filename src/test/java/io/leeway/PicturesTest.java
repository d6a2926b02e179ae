package io.leeway;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.policy.Finding;
import io.leeway.policy.PolicyFile;
import io.leeway.policy.release.PolicyCheck;
import io.leeway.policy.table.AnnotatedCopy;
import io.leeway.policy.table.WorkbookTemplate;
import io.leeway.testing.CellEdit;
import io.leeway.testing.Newcomer;
import io.leeway.testing.SheetPicture;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/**
 * The pictures in the guide show the sheets as they are today. {@code docs/pictures/make} makes them anew: it asks this test
 * for the workbooks, by {@code -Dleeway.pictures=DIR}.
 */
class PicturesTest {
    private static final Path PICTURES = Path.of("docs/pictures");
    /** Lines {@code <digest of the sheet>  <name>.png}, as the pictures were made. */
    private static final Path SHEETS = PICTURES.resolve("sheets.sha256");

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);
    private static final int MOST_BYTES = 150_000;

    @Test
    void everyPictureShowsItsSheetAsItIsToday() throws IOException {
        Map<String, String> made = digests();
        String wanted = System.getProperty("leeway.pictures", "");
        if (!wanted.isEmpty()) {
            write(Path.of(wanted), made);
            return;
        }
        Map<String, String> recorded = new TreeMap<>();
        for (String line : Files.readAllLines(SHEETS)) {
            String[] parts = line.split(" {2}", 2);
            recorded.put(parts[1], parts[0]);
        }
        assertThat(recorded)
                .as("run docs/pictures/make, look at the pictures, and commit them")
                .isEqualTo(made);
    }

    @Test
    void everyPictureIsThereSmallAndShown() throws IOException {
        String guide = Files.readString(Path.of("docs/policy-owners.md"));
        for (String name : pictures().keySet()) {
            Path file = PICTURES.resolve(name);
            assertThat(file).exists();
            assertThat(Files.size(file)).as(name).isLessThan(MOST_BYTES);
            BufferedImage image = ImageIO.read(file.toFile());
            assertThat(image.getWidth()).as(name).isBetween(300, 2000);
            assertThat(guide).contains("](pictures/" + name + ")");
        }
        try (Stream<Path> files = Files.list(PICTURES)) {
            assertThat(files.map(it -> it.getFileName().toString()).filter(it -> it.endsWith(".png")))
                    .containsExactlyInAnyOrderElementsOf(pictures().keySet());
        }
    }

    /** A change of what a sheet shows changes its digest: a word, a colour, a note, a width. */
    @Test
    void aDigestKnowsWhatIsSeen() {
        PolicyFile starter = starter();
        String before = new SheetPicture(starter, "Returns", "A1:J20").digest();

        assertThat(new SheetPicture(starter(), "Returns", "A1:J20").digest()).isEqualTo(before);
        for (CellEdit edit : List.of(
                new CellEdit("Returns", "F8", "Autonomous"),
                new CellEdit("Returns", "E7", 101),
                new CellEdit("Returns", "A11", "x"))) {
            PolicyFile edited = CellEdit.apply(starter, List.of(edit));
            assertThat(new SheetPicture(edited, "Returns", "A1:J20").digest())
                    .as(edit.toString())
                    .isNotEqualTo(before);
        }
        PolicyFile elsewhere = CellEdit.apply(starter, List.of(new CellEdit("Actions", "B2", "Else")));
        assertThat(new SheetPicture(elsewhere, "Returns", "A1:J20").digest()).isEqualTo(before);
    }

    private static Map<String, SheetPicture> pictures() {
        PolicyFile filled = CellEdit.apply(starter(), Newcomer.STEPS.get("fill in"));
        List<Finding> findings = PolicyCheck.of(List.of(filled), TODAY).findings();
        PolicyFile marked = AnnotatedCopy.of(filled, findings).orElseThrow();
        Map<String, SheetPicture> pictures = new LinkedHashMap<>();
        pictures.put("starter.png", new SheetPicture(starter(), "Returns", "A1:I19"));
        pictures.put("tests.png", new SheetPicture(starter(), "Tests", "A1:H9"));
        pictures.put("guarantees.png", new SheetPicture(starter(), "Guarantees", "A1:E3"));
        pictures.put("how-to.png", new SheetPicture(starter(), "How to", "A1:B19"));
        pictures.put("filled-in.png", new SheetPicture(filled, "Returns", "A5:G10"));
        pictures.put("marked.png", new SheetPicture(marked, "Returns", "A5:G15").withNote("F9"));
        pictures.put("findings.png", new SheetPicture(marked, "Findings", "A1:F3"));
        return pictures;
    }

    private static PolicyFile starter() {
        return WorkbookTemplate.starter("returns", "returns-policy@example.com", List.of(), TODAY);
    }

    private static Map<String, String> digests() {
        return pictures().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, it -> it.getValue().digest(), (a, b) -> a, TreeMap::new));
    }

    private static void write(Path directory, Map<String, String> digests) throws IOException {
        Files.createDirectories(directory);
        for (Map.Entry<String, SheetPicture> picture : pictures().entrySet()) {
            String name = picture.getKey().replace(".png", ".xlsx");
            Files.write(directory.resolve(name), picture.getValue().workbook());
        }
        Files.writeString(
                directory.resolve(SHEETS.getFileName()),
                digests.entrySet().stream()
                        .map(it -> it.getValue() + "  " + it.getKey() + "\n")
                        .collect(Collectors.joining()));
    }
}
