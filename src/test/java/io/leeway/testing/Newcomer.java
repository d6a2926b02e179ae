package io.leeway.testing;

import java.util.List;
import java.util.Map;

/** What a policy owner does with a first workbook, from {@code leeway new returns}: the path that the guide tells. */
public final class Newcomer {
    /** A rule of their own, with two mistakes, and a test for it. */
    private static final List<CellEdit> FILL_IN = List.of(
            new CellEdit("Actions", "A3", "returns.voucher"),
            new CellEdit("Actions", "B3", "Send a voucher instead of money"),
            new CellEdit("Actions", "C3", "required"),
            new CellEdit("Actions", "D3", "order.record"),
            new CellEdit("Returns", "A9", "RETURNS-06"),
            new CellEdit("Returns", "B9", "returns.voucher"),
            new CellEdit("Returns", "C9", "USD"),
            new CellEdit("Returns", "D9", "any"),
            new CellEdit("Returns", "E9", "50"),
            new CellEdit("Returns", "F9", "Autonomus"),
            new CellEdit("Returns", "G9", "A voucher up to 50 USD costs less than the call about it."),
            new CellEdit("Tests", "A9", "returns-voucher"),
            new CellEdit("Tests", "B9", "returns.voucher"),
            new CellEdit("Tests", "C9", "USD"),
            new CellEdit("Tests", "D9", 50),
            new CellEdit("Tests", "E9", 3600),
            new CellEdit("Tests", "G9", "Autonomous"),
            new CellEdit("Tests", "H9", "RETURNS-06"));

    private static final List<CellEdit> MEND =
            List.of(new CellEdit("Returns", "E9", 50), new CellEdit("Returns", "F9", "Autonomous"));

    private static final List<CellEdit> ANSWER_THE_NOTE = List.of(
            new CellEdit("Returns", "A10", "RETURNS-07"),
            new CellEdit("Returns", "B10", "returns.voucher"),
            new CellEdit("Returns", "C10", "USD"),
            new CellEdit("Returns", "D10", 50),
            new CellEdit("Returns", "E10", "any"),
            new CellEdit("Returns", "F10", "Human in the loop"),
            new CellEdit("Returns", "G10", "Larger vouchers need a lead."));

    private static final List<CellEdit> CHANGE_THE_LIMIT =
            List.of(new CellEdit("Returns", "E9", 80), new CellEdit("Returns", "D10", 80));

    /** What is typed at each step, by the name that the guide gives it. */
    public static final Map<String, List<CellEdit>> STEPS = Map.of(
            "fill in", FILL_IN,
            "mend", MEND,
            "answer the note", ANSWER_THE_NOTE,
            "change the limit", CHANGE_THE_LIMIT);

    private Newcomer() {}
}
