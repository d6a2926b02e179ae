package io.leeway.cli;

import io.leeway.model.Proposal;
import io.leeway.policy.Row;
import io.leeway.policy.analysis.Comparison.Meaning;
import io.leeway.policy.diff.CellChange;
import io.leeway.policy.diff.TableMeaning;
import io.leeway.policy.diff.VersionDiff;
import io.leeway.policy.diff.Witness;
import io.leeway.policy.explain.ProposalText;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The diff of two versions for people: what is written otherwise, then what it means, with those who show it. */
final class DiffText {
    private static final String MARGIN = "         ";

    private final StringBuilder text = new StringBuilder();

    private DiffText() {}

    /** All of it, lines and all. */
    static String of(VersionDiff diff) {
        DiffText text = new DiffText();
        diff.cells().forEach(text::cell);
        if (diff.cells().isEmpty()) {
            text.line("no cell says anything else");
        }
        text.line("");
        text.line(padded(diff.meaning().name()) + words(diff.meaning()));
        if (diff.reason() != null) {
            text.line(MARGIN + diff.reason());
        }
        text.tables(diff.tables());
        diff.witnesses().forEach(text::witness);
        return text.text.toString();
    }

    private void cell(CellChange change) {
        String place = Stream.of(change.file(), change.sheet(), change.cell())
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" › "));
        String named = Stream.of(change.rule(), change.column())
                .filter(Objects::nonNull)
                .collect(Collectors.joining(", "));
        String kind = change.kind().name().toLowerCase(Locale.ROOT);
        line(padded(kind) + place + (named.isEmpty() ? "" : "  " + named) + values(change));
        change.fields().forEach(it -> line(MARGIN + "  " + it.column() + ": " + it.text()));
    }

    private static String values(CellChange change) {
        String from = change.from();
        String to = change.to();
        String said = from == null
                ? to == null ? "" : "`" + to + "`"
                : to == null ? "`" + from + "`" : "`" + from + "` → `" + to + "`";
        return said.isEmpty() ? "" : ": " + said;
    }

    private static String words(Meaning meaning) {
        return switch (meaning) {
            case EQUAL -> "every proposal gets the same leeway";
            case TIGHTER -> "some get less leeway, and nobody gets more";
            case LOOSER -> "some get more leeway";
            case BOTH -> "some get more leeway, and some get less";
            case UNPROVEN -> "it could not be told whether somebody gets more leeway";
        };
    }

    /** Those that mean something else, where there are several. */
    private void tables(List<TableMeaning> tables) {
        if (tables.size() > 1) {
            tables.stream()
                    .filter(it -> it.meaning() != Meaning.EQUAL)
                    .forEach(it -> line(MARGIN + padded(it.meaning().name()) + it.table() + " (" + it.file() + ")"));
        }
    }

    private void witness(Witness witness) {
        line(padded(witness.change().name().toLowerCase(Locale.ROOT)) + witness.message());
        for (Row row : witness.rows()) {
            line(MARGIN + "  " + row.place());
        }
        Proposal proposal = witness.proposal();
        if (proposal != null) {
            line(MARGIN + "  = shown by: " + ProposalText.line(proposal));
        }
    }

    private static String padded(String word) {
        return word + " ".repeat(Math.max(1, MARGIN.length() - word.length()));
    }

    private void line(String line) {
        // A cell may hold several lines; here it takes one.
        text.append(Printable.of(line.replaceAll("\\R", " "))).append('\n');
    }
}
