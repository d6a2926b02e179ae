package io.leeway.policy.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.model.Proposal;
import io.leeway.policy.PolicyFile;
import io.leeway.policy.PolicyTables;
import io.leeway.policy.table.Conversion;
import io.leeway.policy.table.Conversion.Converted;
import io.leeway.policy.table.Conversion.Format;
import io.leeway.policy.table.Conversion.Layout;
import io.leeway.policy.table.PolicyReader;
import io.leeway.policy.table.RandomPlainSheet;
import io.leeway.policy.table.Reading;
import io.leeway.testing.RandomTables;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TimeZone;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.kie.api.KieBase;

/**
 * One meaning in every form: random plain sheets as workbooks and as CSV, the same converted to the Drools layout in both
 * kinds of file, a naive loop over their rows, and stock Drools on the export all match the same rows.
 */
class LayoutsOracleTest {
    private static final boolean FULL = Boolean.getBoolean("leeway.test.full");
    private static final long SEED = 8_150;
    private static final int TABLES = FULL ? 200 : 30;
    private static final int PROPOSALS = FULL ? 500 : 30;
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

    private static TimeZone zone;

    @BeforeAll
    static void stockDatesAreDaysOfTheDefaultZone() {
        zone = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    }

    @AfterAll
    static void restoreZone() {
        TimeZone.setDefault(zone);
    }

    @Test
    void layoutsAndKindsOfFileEngineLoopAndStockAgree() throws Exception {
        List<List<CompiledPolicy>> forms = new ArrayList<>();
        List<PolicyTables> tables = new ArrayList<>();
        for (int i = 0; i < TABLES; i++) {
            List<CompiledPolicy> policies = new ArrayList<>();
            for (List<PolicyFile> files : forms(SEED + i)) {
                policies.add(TableOracleTest.compile(tables(files)));
            }
            forms.add(policies);
            tables.add(policies.get(0).tables());
        }
        KieBase stock = StockOracleTest.stock(tables);
        RandomTables random = new RandomTables(SEED);
        long matched = 0;
        for (int j = 0; j < PROPOSALS; j++) {
            Proposal proposal = StockOracleTest.awayFromMidnight(random.proposal());
            Map<Integer, TreeSet<String>> fired = StockOracleTest.fire(stock, proposal);
            for (int i = 0; i < TABLES; i++) {
                TreeSet<String> expected = new TreeSet<>(
                        TableOracleTest.ids(NaiveRows.matching(tables.get(i).rows(), proposal)));
                String what = "seed " + (SEED + i) + ", " + proposal;
                assertThat(fired.getOrDefault(i, new TreeSet<>()))
                        .as("stock, " + what)
                        .isEqualTo(expected);
                for (CompiledPolicy policy : forms.get(i)) {
                    List<String> rows = TableOracleTest.ids(
                            TableOracleTest.evaluate(policy, proposal).rows());
                    assertThat(new TreeSet<>(rows)).as(what).isEqualTo(expected);
                }
                matched += expected.size();
            }
        }
        System.out.println("layouts: " + TABLES * PROPOSALS + " pairs in four forms, engine, loop and stock; " + matched
                + " rows matched, no difference");
        assertThat(matched).as("something must match").isGreaterThan((long) TABLES * PROPOSALS / 20);
    }

    /** Plain as CSV and workbook, and the Drools layout as both. */
    private static List<List<PolicyFile>> forms(long seed) {
        RandomPlainSheet sheet = new RandomPlainSheet(new Random(seed));
        List<PolicyFile> csv = List.of(sheet.sheet().csv("r.csv"));
        List<PolicyFile> xlsx = List.of(sheet.sheet().xlsx("r.xlsx"));
        return List.of(csv, xlsx, drools(xlsx, Format.CSV), drools(csv, Format.XLSX));
    }

    private static List<PolicyFile> drools(List<PolicyFile> files, Format format) {
        Converted converted = Conversion.convert(files, Layout.DROOLS, format, TODAY);
        assertThat(converted.problems()).isEmpty();
        return converted.files();
    }

    private static PolicyTables tables(List<PolicyFile> files) {
        Reading reading = PolicyReader.read(files, TODAY);
        assertThat(reading.tables()).as(String.valueOf(reading.findings())).isNotNull();
        return reading.tables();
    }
}
