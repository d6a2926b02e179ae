package io.leeway.policy.check;

import static io.leeway.policy.Finding.Severity.ERROR;
import static io.leeway.policy.Finding.Severity.INFO;
import static io.leeway.policy.Finding.Severity.WARNING;

import io.leeway.policy.Finding.Severity;
import java.util.Locale;

/** Every kind of finding about the files of a policy, with how to mend it; {@code docs/findings.md} has an entry for each. The codes are stable. */
public enum FindingCode {
    // The files
    NO_FILES(ERROR, "put `*.xlsx`, `*.csv` or `*.drl` files directly into the policy directory"),
    UNREADABLE_DIRECTORY(
            ERROR,
            "LEEWAY_POLICY_DIRECTORY names the directory with the policy files; start again once they are there"),
    IGNORED_FILE(WARNING, "save it as .xlsx or as CSV in UTF-8, or move it elsewhere"),
    MALFORMED_FILE(ERROR, "save the file again as .xlsx or as CSV in UTF-8"),
    WRONG_FILE_TYPE(ERROR, "a policy is made of .xlsx, .csv and .drl files"),
    TOO_LARGE(ERROR, "split the workbook into several files"),
    MACROS(ERROR, "save the workbook as .xlsx, without macros"),
    EXTERNAL_LINK(ERROR, "break the links to other files: a policy stands in its own files alone"),
    EMBEDDED_OBJECT(ERROR, "remove the embedded objects and controls"),
    ENCRYPTED(ERROR, "save the workbook without a password"),
    REPEATED_FILE(ERROR, "give each file of the version its own name"),
    TOO_MANY_FINDINGS(ERROR, "mend what is listed and check again"),

    // The sheet and its head
    IGNORED_SHEET(INFO, "only sheets with a `RuleSet` or one of the known names are read"),
    UNKNOWN_SHEET(ERROR, "rename the sheet to a known name, or to one that is not so near"),
    HIDDEN_SHEET(ERROR, "unhide the sheet: nothing that decides may be out of sight"),
    UNKNOWN_KEY(
            ERROR,
            "keys are Owner, Rationale, Regulation, Review by; in plain sheets also Time zone, in Drools sheets also"
                    + " RuleSet, Import, Variables, Sequential"),
    REPEATED_KEY(ERROR, "give each key once in a sheet"),
    WRONG_VALUE(ERROR, ""),
    MISSING_RULE_SET(ERROR, "begin the sheet with `RuleSet` in the first cell and a name in the second"),
    MISSING_OWNER(ERROR, "add `Owner` to the sheet's head: who answers for these rows"),
    MISSING_TABLE(ERROR, "begin the table with `RuleTable <title>`"),
    STALE_REVIEW(WARNING, "review the sheet and set a new date"),

    // The table
    MISSING_TITLE(ERROR, "write `RuleTable <title>`, in plain sheets `May act <title>` or `Needs at least <title>`"),
    DUPLICATE_TABLE(ERROR, "give each table in a file its own title"),
    INCOMPLETE_TABLE(
            ERROR,
            "in the Drools layout a table has rows for types, objects, snippets and labels before its data, in a plain"
                    + " sheet one row of labels"),
    EMPTY_TABLE(WARNING, "remove the table, or give it rows"),
    MISSING_LABELS(ERROR, "put a row of labels between the snippets and the data"),
    MISSING_LABEL(WARNING, "say in the label row what the column means"),
    REPEATED_COLUMN(ERROR, "keep one of the columns"),
    UNKNOWN_LABEL(ERROR, "the labels are those of the `Columns` sheet, and the shipped ones"),
    UNLABELLED_COLUMN(ERROR, "give the column a label, or leave a blank column between the table and notes beside it"),
    UNKNOWN_COLUMN_TYPE(
            ERROR, "types are NAME, CONDITION, ACTION, METADATA, DESCRIPTION, DATE-EFFECTIVE, DATE-EXPIRES"),
    WRONG_OBJECT(ERROR, "write `$p : Proposal` over the conditions; in CSV `$p : Proposal...` over each"),
    UNEXPECTED_SNIPPET(ERROR, "leave the cell blank"),
    BAD_SNIPPET(ERROR, ""),
    UNKNOWN_PATH(ERROR, "the vocabulary lists the paths that exist"),
    UNKNOWN_OPERATOR(ERROR, ""),
    UNKNOWN_FUNCTION(ERROR, ""),
    WRONG_ARGUMENTS(ERROR, ""),
    HIDDEN_COLUMN(ERROR, "unhide the column: only rows 2 to 4 of a table may be hidden"),
    MIXED_EFFECTS(ERROR, "put safeguards into a table of their own"),
    AMOUNT_WITHOUT_CURRENCY(ERROR, "add a condition on action.currency: an amount means nothing without it"),
    GRANT_WITHOUT_CURRENCY(ERROR, "fill in the currency: a limit without one would grant amounts in any"),
    ROW_WITHOUT_CURRENCY(WARNING, "fill in the currency: this limit holds for amounts in any"),

    // The row
    BLANK_ROW(ERROR, "delete the row: a blank row does not end a table"),
    HIDDEN_ROW(ERROR, "unhide the row; if a filter hides it, choose Data, then Clear"),
    MERGED_DATA(ERROR, "unmerge the cells and fill in each"),
    FORMULA(ERROR, "replace the formula by its value: formulas are never computed"),
    MISSING_ID(ERROR, "give the row an id that no other row has, such as LIM-07"),
    INVALID_ID(ERROR, "letters and digits first, then also . _ / -, at most 64 characters; STAGE and STOP are taken"),
    REPEATED_ID(ERROR, "an id names one row in the whole policy version"),
    MISSING_BECAUSE(ERROR, "say in one sentence why: people will read it"),
    MISSING_EFFECT(ERROR, "say the mode: every row grants or requires one"),
    TWO_EFFECTS(ERROR, "keep one: a row either grants or requires"),
    UNKNOWN_MODE(ERROR, "modes are Autonomous, Human in the loop, Human in control; for safeguards also Prohibited"),
    BLANK_CONDITION(
            ERROR, "write the limit, or `any` where there is none: a forgotten limit must not grant without one"),
    WRONG_TYPE(ERROR, ""),
    NUMBER_AS_TEXT(ERROR, "format the cell as a number and type it again"),
    OUT_OF_RANGE(ERROR, ""),
    WRONG_COUNT(ERROR, "separate the values by commas"),
    BAD_DURATION(
            ERROR, "write an ISO 8601 duration such as PT15M, PT72H or P2D; in plain sheets also 15 min, 72 h, 2 days"),
    BAD_CHARACTER(ERROR, "values are plain text: no double quotes, no backslash, no line breaks, no placeholders"),
    DATES_REVERSED(ERROR, "the first day must not be after the last"),
    EXPIRED_ROW(WARNING, "remove the row, or give it a later last day"),
    SMART_QUOTES(WARNING, "type straight quotes"),
    LOOK_ALIKE(WARNING, "type the text again: it holds characters that look like others, or like nothing"),
    STRIKE_THROUGH(WARNING, "delete the row or give it a last day; or clear the strike-through"),
    CELL_NOTE(WARNING, "say it in `because`, `Rationale` or a DESCRIPTION column, and delete the note"),

    // What the tables mean together
    AUTHORITY_GAP(INFO, "nothing to mend if a person shall do it, and a guarantee can say so; else add a grant"),
    NEVER_MATCHES(WARNING, "mend the conditions, or remove the row"),
    NEVER_DECISIVE(WARNING, "remove the row, or mend what was to be different about it"),
    CONTRADICTION(WARNING, "decide which of them is meant, and mend or remove the other"),
    OVERLAP(INFO, "nothing to mend if the more lenient one is meant to count; else narrow it, or add a safeguard"),
    EVADABLE_SAFEGUARD(ERROR, "require it on the `Actions` sheet, or let the grants ask for it as well"),
    SKIPPED_VALUE(WARNING, "let one of the two include the value"),
    ANALYSIS_INCOMPLETE(WARNING, "what is not listed here is exact; split conditions over many paths into fewer"),

    // Vocabulary, Actions, Columns, Lists, Calendars and Rates
    UNKNOWN_LIST(ERROR, "name the list on a `Lists` sheet: List, Values, Meaning"),
    UNKNOWN_CALENDAR(ERROR, "name its days on a `Calendars` sheet: Calendar, Day, Meaning"),
    OVERLAPPING_RATES(ERROR, "let one rate end before the next begins"),
    UNKNOWN_UNIT(ERROR, "leave the unit blank, or write the one that the vocabulary gives"),
    UNKNOWN_COLUMN(ERROR, ""),
    MISSING_COLUMN(ERROR, "add the column"),
    UNDECLARED_ATTRIBUTE(ERROR, "declare the attribute on a Vocabulary sheet"),
    WRONG_ATTRIBUTE_TYPE(ERROR, "use the type that the Vocabulary sheet declares"),
    REPEATED_DECLARATION(ERROR, "declare it once in the whole policy version"),
    UNDECLARED_VALUE(ERROR, "add the value to the Vocabulary or Actions sheet, or mend it here"),

    // Tests
    REPEATED_TEST(ERROR, "an id names one test in the whole policy version"),
    MISSING_EXPECTATION(ERROR, "fill in expect.mode, expect.rows or expect.because"),
    UNKNOWN_ANSWER(ERROR, "write Autonomous, Human in the loop, Human in control, Prohibited or Refused"),
    FAILED_TEST(ERROR, "mend the table; or the test, if it is the table that is meant"),

    // Guarantees
    REPEATED_GUARANTEE(ERROR, "an id names one guarantee in the whole policy version"),
    BROKEN_GUARANTEE(ERROR, "narrow the rows that let it through, add a safeguard, or give the guarantee up"),
    UNPROVEN_GUARANTEE(ERROR, "say it in a safeguard with the same conditions: that proves it"),
    VACUOUS_GUARANTEE(WARNING, "mend its conditions, or remove it: it promises nothing"),

    // DRL; how to mend it depends on what was found
    DRL_SYNTAX(ERROR, ""),
    DRL_CONSTRUCT(ERROR, ""),
    DRL_IMPORT(ERROR, ""),
    DRL_GLOBAL(ERROR, ""),
    DRL_NAME(ERROR, ""),
    DRL_ATTRIBUTE(ERROR, ""),
    DRL_ANNOTATION(ERROR, ""),
    DRL_PATTERN(ERROR, ""),
    DRL_CONDITION(ERROR, ""),
    DRL_CONSEQUENCE(ERROR, ""),
    DRL_COMPILE(ERROR, "");

    private final Severity severity;
    private final String help;

    FindingCode(Severity severity, String help) {
        this.severity = severity;
        this.help = help;
    }

    /** As findings spell it: {@code unknown-path}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public Severity severity() {
        return severity;
    }

    /** How to mend it, {@code ""} when the message says it all. */
    public String help() {
        return help;
    }
}
