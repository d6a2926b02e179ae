package io.leeway.ledger;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON member by member and straight to UTF-8, spelled as RFC 8785 (JCS) has it. In the {@link #canonical} form, the one
 * that is hashed, members must come in the order of their names, which is asserted: whoever writes an object knows its names,
 * and need not have them sorted again for each of thousands of entries a second. Not thread-safe.
 */
public final class JsonWriter {
    private static final long MAX_SAFE_INTEGER = 1L << 53;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TRUE = ascii("true");
    private static final byte[] FALSE = ascii("false");
    private static final byte[] NULL = ascii("null");

    private byte[] buffer;
    private int size;
    /** Whether the next value or member is the first where it stands, so that no comma precedes it. */
    private boolean first = true;

    /** Null where members come in an order that people like better. */
    private final @Nullable MemberOrder order;

    private JsonWriter(int capacity, @Nullable MemberOrder order) {
        this.buffer = new byte[capacity];
        this.order = order;
    }

    /** The form of RFC 8785. @param capacity expected size in bytes; more is made when needed */
    public static JsonWriter canonical(int capacity) {
        return new JsonWriter(capacity, new MemberOrder());
    }

    /** Members in any order. @param capacity expected size in bytes; more is made when needed */
    public static JsonWriter plain(int capacity) {
        return new JsonWriter(capacity, null);
    }

    /** What was written. */
    public byte[] toBytes() {
        return Arrays.copyOf(buffer, size);
    }

    public JsonWriter beginObject() {
        begin('{');
        assert order == null || order.begin();
        return this;
    }

    public JsonWriter endObject() {
        assert order == null || order.end();
        return end('}');
    }

    public JsonWriter beginArray() {
        return begin('[');
    }

    public JsonWriter endArray() {
        return end(']');
    }

    /** Begins a member; its value is next. */
    public JsonWriter name(String name) {
        assert order == null || order.next(name);
        separate();
        quoted(name);
        put(':');
        first = true;
        return this;
    }

    /** A text, or the word {@code null}. */
    public JsonWriter value(@Nullable String text) {
        separate();
        if (text == null) {
            put(NULL);
        } else {
            quoted(text);
        }
        return this;
    }

    public JsonWriter value(boolean flag) {
        return raw(flag ? TRUE : FALSE);
    }

    /** @throws IllegalArgumentException beyond ±2<sup>53</sup>, where an integer has no exact double */
    public JsonWriter value(long integer) {
        if (integer > MAX_SAFE_INTEGER || integer < -MAX_SAFE_INTEGER) {
            throw new IllegalArgumentException("an integer beyond 2^53 has no exact double: " + integer);
        }
        return raw(ascii(Long.toString(integer)));
    }

    /** In the ledger's spelling. */
    public JsonWriter value(Instant time) {
        return value(LedgerTime.text(time));
    }

    public JsonWriter value(@Nullable UUID id) {
        return value(id == null ? null : id.toString());
    }

    /** {@code sha256:} and the hash in hex. */
    public JsonWriter value(byte[] sha256) {
        return value("sha256:" + HexFormat.of().formatHex(sha256));
    }

    public JsonWriter value(List<String> texts) {
        beginArray();
        for (String text : texts) {
            value(text);
        }
        return endArray();
    }

    /** A member with a text. */
    public JsonWriter member(String name, @Nullable String text) {
        return name(name).value(text);
    }

    /** A value that is canonical JSON already. */
    public JsonWriter raw(byte[] canonical) {
        separate();
        put(canonical);
        return this;
    }

    private JsonWriter begin(char bracket) {
        separate();
        put(bracket);
        first = true;
        return this;
    }

    private JsonWriter end(char bracket) {
        put(bracket);
        first = false;
        return this;
    }

    private void separate() {
        if (!first) {
            put(',');
        }
        first = false;
    }

    private void quoted(String text) {
        int length = text.length();
        // One byte a character, which is right for nearly all texts; whatever needs more asks for it.
        ensure(length + 2);
        buffer[size++] = '"';
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x20 && c < 0x80 && c != '"' && c != '\\') {
                buffer[size++] = (byte) c;
            } else {
                i = special(text, i);
                ensure(length - i + 1);
            }
        }
        buffer[size++] = '"';
    }

    /** Writes the character at that place, and gives the place of its last half. */
    private int special(String text, int i) {
        char c = text.charAt(i);
        ensure(6);
        if (c == '"' || c == '\\') {
            put('\\');
            put(c);
        } else if (c < 0x20) {
            control(c);
        } else if (c < 0x800) {
            put(0xC0 | c >> 6);
            put(0x80 | c & 0x3F);
        } else if (!Character.isSurrogate(c)) {
            put(0xE0 | c >> 12);
            put(0x80 | c >> 6 & 0x3F);
            put(0x80 | c & 0x3F);
        } else {
            int point = text.codePointAt(i);
            if (!Character.isSupplementaryCodePoint(point)) {
                throw new IllegalArgumentException("a lone surrogate is not a character");
            }
            put(0xF0 | point >> 18);
            put(0x80 | point >> 12 & 0x3F);
            put(0x80 | point >> 6 & 0x3F);
            put(0x80 | point & 0x3F);
            return i + 1;
        }
        return i;
    }

    private void control(char c) {
        put('\\');
        switch (c) {
            case '\b' -> put('b');
            case '\t' -> put('t');
            case '\n' -> put('n');
            case '\f' -> put('f');
            case '\r' -> put('r');
            default -> {
                put('u');
                put('0');
                put('0');
                put(HEX[c >> 4]);
                put(HEX[c & 15]);
            }
        }
    }

    private void put(int ascii) {
        ensure(1);
        buffer[size++] = (byte) ascii;
    }

    private void put(byte[] bytes) {
        ensure(bytes.length);
        System.arraycopy(bytes, 0, buffer, size, bytes.length);
        size += bytes.length;
    }

    private void ensure(int more) {
        if (buffer.length - size < more) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
