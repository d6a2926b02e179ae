package io.leeway.console;

import io.leeway.ledger.JsonObject;
import io.leeway.ledger.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the check of a version found beside its findings.
 *
 * @param covered rows that a test matches
 */
record VersionReport(
        long passed, long failed, long covered, long rows, List<Uncovered> uncovered, List<Guarantee> guarantees) {
    VersionReport {
        uncovered = List.copyOf(uncovered);
        guarantees = List.copyOf(guarantees);
    }

    /** A row that no test matches. */
    record Uncovered(String rule, String place, boolean wanted) {}

    /** @param state {@code PROVEN}, {@code BROKEN} or {@code UNPROVEN} */
    record Guarantee(String id, String then, String place, String state) {
        public boolean isProven() {
            return state.equals("PROVEN");
        }

        public String label() {
            return isProven() ? "holds" : state.equals("BROKEN") ? "does not hold" : "could not be proven";
        }
    }

    /**
     * @param json as it is kept
     * @return null for a version that came in before reports were kept
     */
    static @Nullable VersionReport read(String json) {
        JsonObject report = JsonReader.object(json.getBytes(StandardCharsets.UTF_8));
        JsonObject tests = report.optionalObject("tests");
        if (tests == null) {
            return null;
        }
        JsonObject coverage = report.object("coverage");
        return new VersionReport(
                tests.integer("passed"),
                tests.integer("failed"),
                coverage.integer("covered"),
                coverage.integer("rows"),
                coverage.objects("uncovered", VersionReport::uncovered),
                report.objects("guarantees", VersionReport::guarantee));
    }

    private static Uncovered uncovered(JsonObject row) {
        return new Uncovered(row.text("rule"), place(row, "range"), row.flag("grant") || row.flag("changed"));
    }

    private static Guarantee guarantee(JsonObject one) {
        return new Guarantee(one.text("id"), one.text("then"), place(one, "cell"), one.text("state"));
    }

    private static String place(JsonObject object, String where) {
        String sheet = object.optionalText("sheet");
        return object.text("file") + (sheet == null ? "" : " › " + sheet) + " › " + object.text(where);
    }

    /** Guarantees that are proven. */
    public List<Guarantee> held() {
        return guarantees.stream().filter(Guarantee::isProven).toList();
    }

    /** Guarantees that are refuted, or could not be proven. */
    public List<Guarantee> doubtful() {
        return guarantees.stream().filter(it -> !it.isProven()).toList();
    }

    /** Rows that must be covered, or let pass with a reason. */
    public List<Uncovered> wanted() {
        return uncovered.stream().filter(Uncovered::wanted).toList();
    }
}
