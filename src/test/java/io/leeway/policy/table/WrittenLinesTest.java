package io.leeway.policy.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.policy.PolicyFile;
import io.leeway.policy.table.WrittenLine.Kind;
import io.leeway.testing.SheetBuilder;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class WrittenLinesTest {
    private static final long SEED = 98_000;

    @TestFactory
    Stream<DynamicTest> comeOfWrongSheetsToo() throws IOException {
        TableCase.Catalogue catalogue = TableCase.Catalogue.read();
        return catalogue.cases().stream()
                .map(one -> DynamicTest.dynamicTest(one.name(), () -> {
                    String format = one.only() == null ? "csv" : one.only();
                    List<WrittenLine> lines = WrittenLines.read(one.files(catalogue.sheets(), format));
                    boolean isNoSheetOfTables = one.expect().contains("missing-table");
                    assertThat(lines.isEmpty()).isEqualTo(isNoSheetOfTables);
                }));
    }

    @Test
    void holdEveryRowThatIsRead() {
        for (int i = 0; i < 100; i++) {
            RandomPlainSheet random = new RandomPlainSheet(new Random(SEED + i));
            List<PolicyFile> files = List.of(random.sheet().xlsx("r.xlsx"));
            List<String> ids = new ArrayList<>();
            PolicyReader.read(files, LocalDate.of(2026, 11, 22))
                    .tables()
                    .rows()
                    .forEach(row -> ids.add(row.number() + " " + row.id() + " " + row.table()));
            assertThat(WrittenLines.read(files).stream()
                            .filter(it -> it.kind() == Kind.ROW)
                            .map(it -> it.number() + " " + it.key() + " " + it.table()))
                    .as("seed %s", SEED + i)
                    .isEqualTo(ids);
        }
    }

    @Test
    void tellNumbersFromTextsByWhatTheirColumnIs() {
        PolicyFile file = SheetBuilder.of(
                        "Main",
                        List.of(
                                "Owner | me",
                                "May act | Remit",
                                "Id | Agent | Currency | Amount up to | Reversible | Mode | Because",
                                "R-1 | '007.0 | USD | 500.00 | true | Autonomous | So."))
                .csv("m.csv");
        WrittenLine row = WrittenLines.read(List.of(file)).stream()
                .filter(it -> it.kind() == Kind.ROW)
                .findFirst()
                .orElseThrow();
        assertThat(row.cells())
                .extracting(WrittenCell::value)
                .containsExactly("R-1", "007.0", "USD", "500", "TRUE", "Autonomous", "So.");
        assertThat(row.cells().get(3).text()).isEqualTo("500.00");
    }
}
