package io.leeway.policy.table;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The first workbook of a policy owner: refunds, small enough to be read at once, with one of everything. */
final class StarterWorkbook {
    private final String title;
    private final String action;
    private final String id;
    private final String test;
    private final String owner;
    private final String currency;

    /**
     * About refunds in the domain of that name.
     *
     * @param name letters and digits first, then also {@code _} and {@code -}: part of ids and action types
     */
    StarterWorkbook(String name, String owner, String currency) {
        String lower = name.toLowerCase(Locale.ROOT);
        String words = name.replaceAll("[-_]+", " ").strip();
        this.title = words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
        this.action = lower + ".refund";
        this.id = name.toUpperCase(Locale.ROOT) + "-";
        this.test = lower + "-";
        this.owner = owner;
        this.currency = currency;
    }

    /**
     * Its sheets.
     *
     * @param declares whether it lists the currency, which a version may do only once
     */
    List<Grid> sheets(boolean declares) {
        List<Grid> sheets = new ArrayList<>(List.of(tables()));
        if (declares) {
            sheets.add(vocabulary());
        }
        sheets.addAll(List.of(actions(), lists(), tests(), guarantees()));
        return sheets;
    }

    private Grid tables() {
        Grid grid = new Grid(title, "");
        grid.line(title);
        grid.line("Owner", owner);
        grid.line("Rationale", "Customers get small refunds at once; larger ones are looked at by a person.");
        grid.line();
        grid.line("May act", "Refunds");
        grid.line("Id", "Action", "Currency", "Amount over", "Amount up to", "Mode", "Because");
        grid.line(
                id + "01",
                action,
                currency,
                "any",
                number("100"),
                "Autonomous",
                "Small refunds are the agent's remit.");
        grid.line(
                id + "02", action, currency, number("100"), "any", "Human in the loop", "Larger refunds need a lead.");
        grid.line();
        grid.line("Needs at least", "Care");
        grid.line(
                "Id", "Action", "Currency", "Amount over", "Stale evidence", "Subject", "Mode", "Because", "Approvers");
        grid.line(
                id + "03",
                action,
                null,
                null,
                "order.record, 1 day",
                null,
                "Human in the loop",
                "The order was last looked up more than a day ago; it may have been refunded since.",
                "leads, 1");
        grid.line(
                id + "04",
                action,
                currency,
                number("1000"),
                null,
                null,
                "Human in control",
                "Refunds over 1,000 " + currency + " are decided by people.",
                null);
        grid.line(
                id + "05",
                action,
                null,
                null,
                null,
                "@Watched customers",
                "Human in control",
                "A colleague knows this customer and takes over.",
                null);
        return grid;
    }

    private Grid vocabulary() {
        Grid grid = new Grid(VocabularySheet.WORD, VocabularySheet.WORD);
        grid.line("Attribute", "Type", "Unit", "Allowed", "Meaning");
        grid.line("action.currency", "text", null, currency, "Currencies that the limits are written for");
        return grid;
    }

    private Grid actions() {
        Grid grid = new Grid(ActionsSheet.WORD, ActionsSheet.WORD);
        grid.line("Type", "Meaning", "Amount", "Required evidence", "Attributes");
        grid.line(action, "Pay a customer back for an order", "required", "order.record", null);
        return grid;
    }

    private static Grid lists() {
        Grid grid = new Grid(NamedLists.WORD, NamedLists.WORD);
        grid.line("List", "Values", "Meaning");
        grid.line(
                "Watched customers",
                "C-1007, C-2040",
                "Customers with an open dispute; the service desk keeps the list");
        return grid;
    }

    private Grid tests() {
        Grid grid = new Grid(TestsSheet.WORD, TestsSheet.WORD);
        grid.line(
                "Id",
                "action.type",
                "action.currency",
                "action.amount",
                "evidence.ageSeconds(\"order.record\")",
                "subject.id",
                "expect.mode",
                "expect.rows");
        test(grid, "at-small-limit", "100", "3600", null, "Autonomous", "01");
        test(grid, "above-small-limit", "100.01", "3600", null, "Human in the loop", "02");
        test(grid, "at-large-limit", "1000", "3600", null, "Human in the loop", "02");
        test(grid, "above-large-limit", "1000.01", "3600", null, "Human in control", "02", "04");
        test(grid, "order-of-one-day", "20", "86400", null, "Autonomous", "01");
        test(grid, "older-order", "20", "86401", null, "Human in the loop", "01", "03");
        test(grid, "watched-customer", "20", "3600", "C-1007", "Human in control", "01", "05");
        return grid;
    }

    private void test(
            Grid grid, String name, String amount, String age, @Nullable Object subject, String mode, String... rows) {
        List<String> ids = new ArrayList<>();
        for (String row : rows) {
            ids.add(id + row);
        }
        grid.line(test + name, action, currency, number(amount), number(age), subject, mode, String.join(", ", ids));
    }

    private Grid guarantees() {
        Grid grid = new Grid(GuaranteesSheet.WORD, GuaranteesSheet.WORD);
        grid.line("Id", "When", "Then", "Owner", "Why");
        grid.line(
                id + "G1",
                "action.type == \"" + action + "\", action.amount > 1000",
                "always Human in control",
                owner,
                "No agent pays out more than that, whatever rows come later.");
        return grid;
    }

    private static BigDecimal number(String text) {
        return new BigDecimal(text);
    }
}
