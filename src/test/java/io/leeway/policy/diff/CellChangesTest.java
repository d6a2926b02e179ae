package io.leeway.policy.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.leeway.policy.Numbers;
import io.leeway.policy.PolicyFile;
import io.leeway.policy.diff.CellChange.Field;
import io.leeway.policy.diff.CellChange.Kind;
import io.leeway.testing.SheetBuilder;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Changes of cells against what was changed, wherever everything went. */
class CellChangesTest {
    private static final long SEED = 97_000;
    private static final int VERSIONS = Boolean.getBoolean("leeway.test.full") ? 10_000 : 300;

    @Test
    void areThoseThatWereMadeWhereverRowsAndColumnsWent() {
        int made = 0;
        for (int i = 0; i < VERSIONS; i++) {
            RandomVersion version = new RandomVersion(new Random(SEED + i));
            List<PolicyFile> before = version.files();
            assertThat(ofRows(before, version.files()))
                    .as("moved, seed %s", SEED + i)
                    .isEmpty();
            TreeSet<String> done = version.change();
            assertThat(ofRows(before, version.files())).as("seed %s", SEED + i).isEqualTo(done);
            made += done.size();
        }
        assertThat(made).isGreaterThan(VERSIONS);
    }

    @Test
    void comeInTheOrderOfFilesSheetsAndRows() {
        RandomVersion version = new RandomVersion(new Random(SEED));
        List<PolicyFile> before = version.files();
        version.change();
        List<CellChange> changes = of(before, version.files());
        assertThat(changes).hasSizeGreaterThan(3).isSortedAccordingTo(CellChange.ORDER);
    }

    @Test
    void tellColumnsOfOneLabelApartByTheirOrder() {
        assertThat(of(obligations("notify, ops", "notify, risk"), obligations("notify, ops", "sample, 0.1")))
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.cell()).isEqualTo("F4");
                    assertThat(it.column()).isEqualTo("Obligation");
                    assertThat(it.from()).isEqualTo("notify, risk");
                    assertThat(it.to()).isEqualTo("sample, 0.1");
                });
    }

    @Test
    void pairLinesOfOneNameThatSayTheSameFirst() {
        List<PolicyFile> before = lists("Vendors | A, B | Old", "Vendors | C | Old", "Vendors | D | Old");
        List<PolicyFile> after = lists("Vendors | D | Old", "Vendors | A, B, E | Old", "Vendors | C | Old");
        assertThat(of(before, after)).singleElement().satisfies(it -> {
            assertThat(it.kind()).isEqualTo(Kind.CHANGED);
            assertThat(it.rule()).isEqualTo("Vendors");
            assertThat(it.cell()).isEqualTo("B4");
            assertThat(it.from()).isEqualTo("A, B");
            assertThat(it.to()).isEqualTo("A, B, E");
        });
    }

    @Test
    void nameFilesThatAreNewOrGone() {
        PolicyFile one = SheetBuilder.of("L", List.of("Lists", "List | Values | Meaning"))
                .csv("one.csv");
        PolicyFile other = new PolicyFile("other.csv", one.bytes());
        assertThat(of(List.of(one), List.of(other)))
                .extracting(CellChange::kind, CellChange::file, CellChange::cell)
                .containsExactly(tuple(Kind.REMOVED, "one.csv", null), tuple(Kind.ADDED, "other.csv", null));
    }

    @Test
    void sayWhatARowSaidThatIsGone() {
        List<PolicyFile> before = lists("Vendors | A, B | Old", "Others | C | ");
        List<PolicyFile> after = lists("Vendors | A, B | Old");
        assertThat(of(before, after)).singleElement().satisfies(it -> {
            assertThat(it.kind()).isEqualTo(Kind.REMOVED);
            assertThat(it.cell()).isEqualTo("A4");
            assertThat(it.fields()).containsExactly(new Field("List", "Others"), new Field("Values", "C"));
        });
    }

    @Test
    void sayWhyAFileCannotBeRead() {
        PolicyFile sound = lists("Vendors | A, B | Old").get(0);
        PolicyFile broken = new PolicyFile(sound.name(), "Lists\n\"never closed".getBytes(StandardCharsets.UTF_8));
        assertThat(of(List.of(sound), List.of(broken)))
                .extracting(CellChange::kind)
                .containsExactlyInAnyOrder(Kind.REMOVED, Kind.ADDED);
    }

    private static TreeSet<String> ofRows(List<PolicyFile> before, List<PolicyFile> after) {
        return of(before, after).stream()
                .filter(it -> it.rule() != null)
                .map(it -> it.kind() + " " + it.rule()
                        + (it.column() == null
                                ? ""
                                : " " + it.column() + ": " + shown(it, it.from()) + " > " + shown(it, it.to())))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Zeros behind a number are how it was formatted. */
    private static @Nullable String shown(CellChange change, @Nullable String text) {
        return text != null && "Amount up to".equals(change.column())
                ? Numbers.normal(new BigDecimal(text)).toPlainString()
                : text;
    }

    private static List<CellChange> of(List<PolicyFile> before, List<PolicyFile> after) {
        return CellChanges.of(new VersionFiles(before, null), new VersionFiles(after, null));
    }

    private static List<PolicyFile> obligations(String one, String other) {
        return List.of(SheetBuilder.of(
                        "Main",
                        List.of(
                                "Owner | me",
                                "Needs at least Care",
                                "Id | Action | Mode | Because | Obligation | Obligation",
                                "C-1 | any | Autonomous | So. | " + one + " | " + other))
                .xlsx("m.xlsx"));
    }

    private static List<PolicyFile> lists(String... lines) {
        List<String> all = new ArrayList<>(List.of("Lists", "List | Values | Meaning"));
        all.addAll(List.of(lines));
        return List.of(SheetBuilder.of("Lists", all).csv("lists.csv"));
    }
}
