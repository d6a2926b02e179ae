package io.leeway.api.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.leeway.model.Refusal;
import io.leeway.model.Violation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON (RFC 8259) so that only one reading of it is possible: UTF-8 without a byte order mark, no name twice in an
 * object, only characters, only numbers that a double holds exactly as written (I-JSON, RFC 7493), everything bounded.
 */
public final class StrictJson {
    /** The largest body in bytes. */
    public static final int MAX_BODY = 256 * 1024;
    /** How deep objects and arrays may nest; the outermost is 1 deep. */
    public static final int MAX_DEPTH = 32;
    /** The longest text in UTF-8 bytes. */
    public static final int MAX_STRING = 64 * 1024;
    /** The longest member name in characters. */
    public static final int MAX_NAME = 256;
    /** The longest number in characters as written. */
    public static final int MAX_NUMBER = 30;
    /** Every decimal of that many digits names another double, and is the shortest that does. */
    public static final int MAX_DIGITS = 15;

    private static final String MALFORMED = "MALFORMED_JSON";

    // The bounds above are checked here, with words and a pointer; Jackson's own are moved out of their way. Names are
    // neither
    // interned nor kept, since they come from outside.
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH + 1)
                    .maxNameLength(MAX_BODY)
                    .maxStringLength(MAX_BODY)
                    .maxNumberLength(MAX_BODY)
                    .build())
            .build();

    private final JsonParser parser;
    private final Faults faults = new Faults();

    private StrictJson(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * Reads one JSON text.
     *
     * @throws Refusal of kind {@code TOO_LARGE} or, when it is no JSON text, {@code MALFORMED}
     */
    public static JsonDocument read(byte[] body) {
        if (body.length > MAX_BODY) {
            throw tooLarge();
        }
        CharBuffer text = decode(body);
        try (JsonParser parser = FACTORY.createParser(text.array(), 0, text.limit())) {
            return new StrictJson(parser).document();
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail to be read", e);
        }
    }

    /** What a body over {@link #MAX_BODY} is answered with. */
    public static Refusal tooLarge() {
        return new Refusal(
                Refusal.Kind.TOO_LARGE, "BODY_TOO_LARGE", "The body may have at most " + MAX_BODY + " bytes.");
    }

    static Refusal malformed(String detail, List<Violation> violations) {
        return new Refusal(Refusal.Kind.MALFORMED, MALFORMED, detail, violations);
    }

    private static Refusal unreadable(String pointer, String message) {
        return malformed("The body is not JSON as RFC 8259 has it.", List.of(Faults.violation(pointer, message)));
    }

    private static CharBuffer decode(byte[] body) {
        if (startsWith(body, 0xEF, 0xBB, 0xBF) || startsWith(body, 0xFE, 0xFF) || startsWith(body, 0xFF, 0xFE)) {
            throw unreadable("", "the body starts with a byte order mark; only UTF-8 without one is allowed");
        }
        for (int i = 0; i < Math.min(4, body.length); i++) {
            if (body[i] == 0) {
                throw unreadable("", "the body looks like UTF-16 or UTF-32; only UTF-8 is allowed");
            }
        }
        ByteBuffer bytes = ByteBuffer.wrap(body);
        CharBuffer text = CharBuffer.allocate(body.length);
        CoderResult result = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(bytes, text, true);
        if (result.isError()) {
            String found = String.format("%02X", body[bytes.position()]);
            throw unreadable(
                    pointerAtEnd(text.flip()), "byte `" + found + "` at offset " + bytes.position() + " is not UTF-8");
        }
        return text.flip();
    }

    /** Where reading stood when the text broke off. */
    private static String pointerAtEnd(CharBuffer prefix) {
        try (JsonParser parser = FACTORY.createParser(prefix.array(), 0, prefix.limit())) {
            try {
                while (parser.nextToken() != null) {
                    // on to the end
                }
            } catch (JsonProcessingException e) {
                // which is what was looked for
            }
            return parser.getParsingContext().pathAsPointer().toString();
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail to be read", e);
        }
    }

    private static boolean startsWith(byte[] body, int... mark) {
        if (body.length < mark.length) {
            return false;
        }
        for (int i = 0; i < mark.length; i++) {
            if ((body[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    private JsonDocument document() throws IOException {
        try {
            if (parser.nextToken() == null) {
                throw unreadable("", "the body is empty");
            }
            Object tree = value(1);
            if (parser.nextToken() != null) {
                throw unreadable(
                        "", "more follows after the end of the JSON value, at " + place(parser.currentTokenLocation()));
            }
            return new JsonDocument(tree, faults.listed(), faults.complete());
        } catch (JsonProcessingException e) {
            JsonLocation location = e.getLocation();
            String where = location == null ? "" : ", at " + place(location);
            throw unreadable(pointer(), words(e.getOriginalMessage()) + where);
        }
    }

    private @Nullable Object value(int depth) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(depth);
            case START_ARRAY -> array(depth);
            case VALUE_STRING -> string(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getText());
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NULL -> null;
            default -> throw unreadable(pointer(), "a value is expected at " + place(parser.currentTokenLocation()));
        };
    }

    private Map<String, Object> object(int depth) throws IOException {
        boundDepth(depth);
        Map<String, Object> members = new TreeMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            if (name.length() > MAX_NAME) {
                // Not repeated in the pointer: it is long.
                faults.add(
                        parentPointer(),
                        "a member name has " + name.length() + " characters, at most " + MAX_NAME + " are allowed");
            }
            String fault = characterFault(name);
            if (fault != null) {
                faults.add(parentPointer(), "a member name " + fault);
            }
            if (members.containsKey(name)) {
                faults.add(pointer(), "the member stands in its object twice");
            }
            parser.nextToken();
            put(members, name, value(depth + 1));
        }
        return members;
    }

    @SuppressWarnings("NullAway") // JSON null stands in the map as null; readers ask by name and get null either way.
    private static void put(Map<String, Object> members, String name, @Nullable Object value) {
        members.put(name, value);
    }

    @SuppressWarnings("NullAway") // as above
    private List<Object> array(int depth) throws IOException {
        boundDepth(depth);
        List<Object> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(depth + 1));
        }
        return items;
    }

    private void boundDepth(int depth) {
        if (depth > MAX_DEPTH) {
            throw unreadable(pointer(), "objects and arrays nest deeper than " + MAX_DEPTH);
        }
    }

    private String string(String text) {
        // At most three bytes a char, so that most texts need no counting.
        if (text.length() > MAX_STRING / 3 && text.getBytes(StandardCharsets.UTF_8).length > MAX_STRING) {
            faults.add(pointer(), "the text has more than " + MAX_STRING + " bytes");
        }
        String fault = characterFault(text);
        if (fault != null) {
            faults.add(pointer(), "the text " + fault);
        }
        return text;
    }

    private static @Nullable String characterFault(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return "holds the character U+0000, which is allowed nowhere";
            }
            if (Character.isSurrogate(c)) {
                boolean paired = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!paired) {
                    return String.format("holds half a character, the lone surrogate U+%04X", (int) c);
                }
                i++;
            }
        }
        return null;
    }

    /**
     * A number whose digits are also the digits of the double that it names. In a double's normal range that holds for every
     * decimal of at most 15 digits; below it, where doubles thin out, it does not, so that nothing is allowed there but 0.
     */
    private BigDecimal number(String text) {
        if (text.length() > MAX_NUMBER) {
            faults.add(
                    pointer(),
                    "the number has " + text.length() + " characters, at most " + MAX_NUMBER + " are allowed");
            return BigDecimal.ZERO;
        }
        BigDecimal number;
        try {
            number = new BigDecimal(text).stripTrailingZeros();
        } catch (ArithmeticException | NumberFormatException e) {
            return noDouble(text);
        }
        if (number.signum() == 0) {
            return BigDecimal.ZERO;
        }
        if (number.precision() > MAX_DIGITS) {
            faults.add(
                    pointer(),
                    "the number `" + text + "` has " + number.precision() + " digits, at most " + MAX_DIGITS
                            + " are allowed; send it as a string");
            return BigDecimal.ZERO;
        }
        long exponent = (long) number.precision() - number.scale() - 1;
        if (Math.abs(exponent) < Double.MAX_EXPONENT * 3 / 10) {
            return number;
        }
        double nearest = Math.abs(number.doubleValue());
        return Double.isInfinite(nearest) || nearest < Double.MIN_NORMAL ? noDouble(text) : number;
    }

    private BigDecimal noDouble(String text) {
        faults.add(pointer(), "the number `" + text + "` is not exactly a double (IEEE 754)");
        return BigDecimal.ZERO;
    }

    private String pointer() {
        return parser.getParsingContext().pathAsPointer().toString();
    }

    private String parentPointer() {
        return parser.getParsingContext().getParent().pathAsPointer().toString();
    }

    private static String place(JsonLocation location) {
        return "line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    /** Jackson's message without what it says about itself. */
    private static String words(String message) {
        String words = message;
        for (String tail : List.of("\n", " (start marker", " at [Source", " (for ")) {
            int at = words.indexOf(tail);
            if (at > 0) {
                words = words.substring(0, at);
            }
        }
        words = words.replaceAll("\\p{Cntrl}", "?");
        return words.length() > 200 ? words.substring(0, 200) + "…" : words;
    }
}
