package io.leeway.policy.table;

import java.util.Map;

/** What the columns of the sheets beside the tables mean. */
final class BesideHints {
    private static final Map<String, String> ALL = Map.ofEntries(
            Map.entry(
                    "Vocabulary Attribute",
                    "A name that proposals carry, or a path whose values are listed: action.currency"),
            Map.entry("Vocabulary Type", "What its values are."),
            Map.entry("Vocabulary Unit", "For numbers: days, km. Blank for none."),
            Map.entry("Vocabulary Allowed", "For texts: every value there is, separated by commas. Blank: any."),
            Map.entry("Vocabulary Meaning", "What whoever sends a proposal must know."),
            Map.entry("Actions Type", "Family and action, with a point between them: billing.adjust"),
            Map.entry("Actions Meaning", "What the agent does, in one sentence."),
            Map.entry("Actions Amount", "Whether a proposal must, must not or may name an amount."),
            Map.entry(
                    "Actions Required evidence",
                    "What the agent must have looked at: order.record, or order.record@v2"),
            Map.entry(
                    "Actions Attributes",
                    "Names from the Vocabulary sheet; with ! those that must be there: channel!, note"),
            Map.entry("Columns Label", "As it stands over a column of a table."),
            Map.entry("Columns Snippet", "What it asks, for engineers: action.number(\"age\") <= $param"),
            Map.entry("Columns Unit", "Blank, or the unit of its numbers."),
            Map.entry("Columns Meaning", "What people read beside the cells."),
            Map.entry("Columns Example", "A value as people write it."),
            Map.entry("Lists List", "Its name. Tables refer to it with @ before it: @Vendors"),
            Map.entry("Lists Values", "Separated by commas. A list may go on in the next line, under the same name."),
            Map.entry("Lists Meaning", "Who or what is on it, and who says so."),
            Map.entry("Tests Id", "Stable and unique. Reports cite it."),
            Map.entry("Tests now", "the moment of the decision"),
            Map.entry("Tests evidence.ageSeconds", "how many seconds ago the agent saw it"),
            Map.entry("Tests expect.mode", "What must come of it. Refused: it is not what the Actions sheet asks for."),
            Map.entry("Tests expect.rows", "Ids of all rows that must match, and no others; or none."),
            Map.entry("Tests expect.because", "The sentence that the answer must give."),
            Map.entry("Guarantees Id", "Stable and unique. Reports cite it."),
            Map.entry(
                    "Guarantees When",
                    "Which proposals it is about: action.amount > 10000, action.currency == \"USD\". Blank: all."),
            Map.entry("Guarantees Then", "What must be so for each of them."),
            Map.entry("Guarantees Owner", "Who asked for it."),
            Map.entry("Guarantees Why", "What would be wrong otherwise."));

    private BesideHints() {}

    /** Of a column by its heading, {@code ""} when nothing is known of it. */
    static String of(String word, String heading) {
        return ALL.getOrDefault(word + " " + heading, "");
    }
}
