package io.leeway.policy.table;

import io.leeway.policy.check.FindingCode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads CSV as RFC 4180 has it, in UTF-8 with or without a byte order mark, with {@code ,} or {@code ;} (whichever comes
 * first outside of quotes). A row is a record, so a quoted line break does not count as one.
 */
final class CsvFile {
    private final String text;
    private final char delimiter;
    private final NavigableMap<Integer, SheetRow> rows = new TreeMap<>();
    private @Nullable SheetRow record;
    private int at;
    private int row;
    private int column;
    private int cells;

    private CsvFile(String text) {
        this.text = text;
        this.delimiter = delimiter(text);
    }

    /** The one sheet of the file. */
    static Sheet read(byte[] bytes) throws UnreadableFileException {
        if (bytes.length > Limits.FILE_BYTES) {
            throw UnreadableFileException.tooLarge("the file has more than `" + Limits.FILE_BYTES + "` bytes");
        }
        CsvFile file = new CsvFile(decode(bytes));
        file.parse();
        return Sheet.csv(file.rows);
    }

    private static String decode(byte[] bytes) throws UnreadableFileException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw UnreadableFileException.malformed("the file is not UTF-8 text");
        }
    }

    private static char delimiter(String text) {
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == ',' || c == ';')) {
                return c;
            }
        }
        return ',';
    }

    private void parse() throws UnreadableFileException {
        while (at < text.length()) {
            put(text.charAt(at) == '"' ? quoted() : unquoted());
            if (at < text.length() && text.charAt(at) == delimiter) {
                at++;
                column++;
            } else {
                endOfRecord();
            }
        }
    }

    private void endOfRecord() {
        if (at < text.length() && text.charAt(at) == '\r') {
            at++;
            if (at < text.length() && text.charAt(at) == '\n') {
                at++;
            }
        } else {
            at++;
        }
        row++;
        column = 0;
        record = null;
    }

    private String unquoted() throws UnreadableFileException {
        int start = at;
        while (at < text.length() && !isEnd(text.charAt(at))) {
            if (text.charAt(at) == '"') {
                throw malformed(
                        "a quote inside a value that does not begin with one; quote the value, double the quote");
            }
            at++;
        }
        return text.substring(start, at);
    }

    private String quoted() throws UnreadableFileException {
        StringBuilder value = new StringBuilder();
        int start = at + 1;
        while (true) {
            int quote = text.indexOf('"', start);
            if (quote < 0) {
                throw malformed("the quote that opens this value is never closed");
            }
            value.append(text, start, quote);
            at = quote + 1;
            if (at >= text.length() || isEnd(text.charAt(at))) {
                return value.toString();
            }
            if (text.charAt(at) != '"') {
                throw malformed("text after the quote that closes this value");
            }
            value.append('"');
            start = at + 1;
        }
    }

    private boolean isEnd(char c) {
        return c == delimiter || c == '\n' || c == '\r';
    }

    private void put(String value) throws UnreadableFileException {
        if (row >= Address.ROWS || column >= Limits.COLUMNS || value.length() > Limits.TEXT) {
            throw new UnreadableFileException(
                    FindingCode.TOO_LARGE,
                    null,
                    "more than " + Address.ROWS + " lines, " + Limits.COLUMNS + " columns, or " + Limits.TEXT
                            + " characters in a value");
        }
        if (value.isBlank()) {
            return;
        }
        if (record == null) {
            record = new SheetRow();
            rows.put(row, record);
        }
        String text = value.strip();
        record.put(
                column, text.startsWith("=") ? new CellValue.Formula(text.substring(1)) : new CellValue.Untyped(value));
        if (++cells > Limits.CELLS || rows.size() > Limits.ROWS) {
            throw UnreadableFileException.tooLarge(
                    "more than " + Limits.CELLS + " used cells or " + Limits.ROWS + " rows");
        }
    }

    private UnreadableFileException malformed(String message) {
        return new UnreadableFileException(FindingCode.MALFORMED_FILE, Address.text(row, column), message);
    }
}
