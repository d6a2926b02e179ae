package io.leeway.cli;

import io.leeway.policy.table.Excerpt;
import io.leeway.policy.table.Excerpt.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Draws a row: column letters and labels over the cells, and a caret under what is meant. */
final class ExcerptText {
    /** In characters: fits most terminals beside the margin. */
    private static final int MOST_WIDTH = 96;

    private static final int CELL_WIDTH = 28;
    private static final int FOUND_WIDTH = 72;
    private static final String GAP = "  ";
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

    private final Excerpt excerpt;
    private final String message;
    private int first;
    private int last;

    /** @param message what it first quotes is marked, where the cell has it */
    ExcerptText(Excerpt excerpt, String message) {
        this.excerpt = excerpt;
        this.message = message;
        this.first = excerpt.found();
        this.last = excerpt.found();
        widen();
    }

    /** How wide the line numbers are. */
    int margin() {
        return Integer.toString(excerpt.line()).length() + 1;
    }

    /** Takes in neighbours as long as all fit, those to the left first: there the row's id is. */
    private void widen() {
        int width = width(excerpt.found());
        boolean grown = true;
        while (grown) {
            grown = false;
            if (first > 0 && width + width(first - 1) + GAP.length() <= MOST_WIDTH) {
                width += width(--first) + GAP.length();
                grown = true;
            }
            if (last < excerpt.fields().size() - 1 && width + width(last + 1) + GAP.length() <= MOST_WIDTH) {
                width += width(++last) + GAP.length();
                grown = true;
            }
        }
    }

    /** @param paint colours the caret */
    List<String> lines(UnaryOperator<String> paint) {
        String margin = " ".repeat(margin());
        List<String> lines = new ArrayList<>();
        lines.add(margin + "|");
        if (!excerpt.fields().get(0).column().isEmpty()) {
            lines.add(margin + "|" + GAP + row(excerpt.fields().stream().map(Field::column)));
        }
        if (excerpt.fields().stream().anyMatch(it -> !it.label().isEmpty())) {
            lines.add(margin + "|" + GAP + row(labels()));
        }
        lines.add(excerpt.line() + " |" + GAP + row(values()));
        lines.add(margin + "|" + GAP + " ".repeat(caretColumn()) + paint.apply("^".repeat(caretWidth())));
        return lines;
    }

    private String row(Stream<String> all) {
        List<String> texts = all.toList();
        StringBuilder line = new StringBuilder(first > 0 ? "… " : "");
        for (int i = first; i <= last; i++) {
            line.append(texts.get(i))
                    .append(" ".repeat(width(i) - texts.get(i).length()))
                    .append(GAP);
        }
        return (line.toString().stripTrailing() + (last < texts.size() - 1 ? " …" : ""));
    }

    private Stream<String> labels() {
        return excerpt.fields().stream().map(it -> shortened(it.label(), CELL_WIDTH));
    }

    private Stream<String> values() {
        return Stream.iterate(0, i -> i < excerpt.fields().size(), i -> i + 1).map(this::value);
    }

    private String value(int index) {
        return shortened(excerpt.fields().get(index).value(), index == excerpt.found() ? FOUND_WIDTH : CELL_WIDTH);
    }

    private int width(int index) {
        Field field = excerpt.fields().get(index);
        return Math.max(
                Math.max(1, value(index).length()),
                Math.max(
                        field.column().length(),
                        shortened(field.label(), CELL_WIDTH).length()));
    }

    private int caretColumn() {
        int column = first > 0 ? 2 : 0;
        for (int i = first; i < excerpt.found(); i++) {
            column += width(i) + GAP.length();
        }
        return column + Math.max(0, value(excerpt.found()).indexOf(quoted()));
    }

    private int caretWidth() {
        String quoted = quoted();
        return Math.max(1, quoted.isEmpty() ? value(excerpt.found()).length() : quoted.length());
    }

    /** The part of the cell that the message is about, {@code ""} when that is all of it. */
    private String quoted() {
        Matcher matcher = QUOTED.matcher(message);
        String part = matcher.find() ? Printable.of(matcher.group(1)) : "";
        return value(excerpt.found()).contains(part) ? part : "";
    }

    private static String shortened(String text, int width) {
        String plain = Printable.of(text);
        return plain.length() <= width ? plain : plain.substring(0, width - 1) + "…";
    }
}
