package io.leeway.policy.table;

import java.util.List;

/** The sheet that says how the others are filled in. Nobody reads it but people. */
final class HowToSheet {
    static final String NAME = "How to";

    /** A topic and what there is to say. No topic may begin as a table does: a sheet that has one is read. */
    private static final List<List<String>> LINES = List.of(
            List.of(
                    "Tables",
                    "Each row says when it counts, and what then holds. The order of rows and tables never matters."),
            List.of(
                    "Green: May act",
                    "A row puts an action inside the agent's remit, up to its limits, at its mode. What no row names is a person's."),
            List.of(
                    "Amber: Needs at least",
                    "A row asks for at least a mode, whatever the green tables say. Prohibited: nobody does it."),
            List.of(
                    "Modes",
                    "Autonomous: the agent acts. Human in the loop: it prepares, a person approves. Human in control: a person does it."),
            List.of(
                    "A new row",
                    "Fill in the next framed row, or copy one below the last of its table. Give it an id that no row ever had."),
            List.of(
                    "Limits",
                    "A row counts when all its limits hold. The word any means no limit; green tables want it said, amber ones take a blank for it."),
            List.of(
                    "Numbers",
                    "Typed as numbers: 1000, 0.9. Not as text, not as formulas. An amount needs its currency in the same row."),
            List.of(
                    "Several values",
                    "USD, EUR means one of them; not USD means any other; @Name means one of a list from the Lists sheet."),
            List.of("Time", "15 min, 2 h, 7 days. Days from and until count in full."),
            List.of(
                    "Because",
                    "The sentence that people will read when the row decides. Write it for whoever gets the call."),
            List.of("Ids", "People, tests and audits cite them. Never give one again."),
            List.of(
                    "Vocabulary, Actions",
                    "What proposals may hold, and what each action must bring. Others are sent back, not decided."),
            List.of("Lists", "Names for lists of values that several rows use."),
            List.of("Columns", "Other labels than the known ones, defined by whoever looks after the platform."),
            List.of(
                    "Tests",
                    "Cases and what must come of each. A blank cell is not sent. Add one for each row, at its limits."),
            List.of(
                    "Guarantees",
                    "What must be so for every proposal there can be. Each is proven, or refuted by a case, at every check."),
            List.of(
                    "Check",
                    "leeway check DIRECTORY lists what is wrong, with its cell. With --annotate COPIES it marks the cells in a copy of the workbook, which you may mend and keep."),
            List.of(
                    "Try",
                    "leeway test DIRECTORY runs the Tests sheet. leeway explain PROPOSAL --policy DIRECTORY says what each row makes of a case."),
            List.of(
                    "Notes",
                    "Rows with nothing but a first cell, blank rows and colours decide nothing. Hidden rows, hidden columns and comments on cells are reported."));

    private HowToSheet() {}

    static List<List<String>> lines() {
        return LINES;
    }
}
