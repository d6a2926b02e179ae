package io.leeway.ledger;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows in the binary form of PostgreSQL's {@code COPY}. Not thread-safe. */
public final class CopyRows {
    /** What a stream of rows starts with: signature, no flags, no extension. */
    static final byte[] START = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);

    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");
    private static final int VARCHAR = 1043;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 20);
    private final DataOutputStream out = new DataOutputStream(bytes);

    /** One after the other, in the order of the columns: {@link String}, {@link Long}, {@code byte[]} and so on, or null. */
    public void row(@Nullable Object... values) {
        try {
            out.writeShort(values.length);
            for (Object value : values) {
                field(value);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void field(@Nullable Object value) throws IOException {
        if (value == null) {
            out.writeInt(-1);
        } else if (value instanceof byte[] raw) {
            sized(raw);
        } else if (value instanceof String text) {
            sized(text.getBytes(StandardCharsets.UTF_8));
        } else if (value instanceof Long number) {
            out.writeInt(Long.BYTES);
            out.writeLong(number);
        } else if (value instanceof Instant time) {
            out.writeInt(Long.BYTES);
            out.writeLong(EPOCH.until(time, ChronoUnit.MICROS));
        } else if (value instanceof UUID id) {
            out.writeInt(2 * Long.BYTES);
            out.writeLong(id.getMostSignificantBits());
            out.writeLong(id.getLeastSignificantBits());
        } else if (value instanceof List<?> texts) {
            array(texts.stream()
                    .map(text -> ((String) text).getBytes(StandardCharsets.UTF_8))
                    .toList());
        } else {
            throw new IllegalArgumentException("no column for " + value.getClass());
        }
    }

    private void sized(byte[] raw) throws IOException {
        out.writeInt(raw.length);
        out.write(raw);
    }

    /** One dimension of {@code varchar}, without nulls; none when there is nothing in it. */
    private void array(List<byte[]> texts) throws IOException {
        int dimensions = texts.isEmpty() ? 0 : 1;
        int size = texts.stream().mapToInt(text -> Integer.BYTES + text.length).sum();
        out.writeInt(3 * Integer.BYTES + dimensions * 2 * Integer.BYTES + size);
        out.writeInt(dimensions);
        out.writeInt(0);
        out.writeInt(VARCHAR);
        if (dimensions == 1) {
            out.writeInt(texts.size());
            out.writeInt(1);
        }
        for (byte[] text : texts) {
            sized(text);
        }
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }
}
