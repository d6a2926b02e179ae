package io.leeway.ledger;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows in the binary form of PostgreSQL's {@code COPY}. Not thread-safe. */
public final class CopyRows {
    /** What a stream of rows starts with: signature, no flags, no extension. */
    static final byte[] START = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);

    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");
    private static final int BIGINT = 20;

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
        } else if (value instanceof long[] numbers) {
            array(numbers);
        } else {
            throw new IllegalArgumentException("no column for " + value.getClass());
        }
    }

    private void sized(byte[] raw) throws IOException {
        out.writeInt(raw.length);
        out.write(raw);
    }

    /** One dimension of {@code bigint}, without nulls; none when there is nothing in it. */
    private void array(long[] numbers) throws IOException {
        int dimensions = numbers.length == 0 ? 0 : 1;
        int header = (3 + dimensions * 2) * Integer.BYTES;
        out.writeInt(header + numbers.length * (Integer.BYTES + Long.BYTES));
        out.writeInt(dimensions);
        out.writeInt(0);
        out.writeInt(BIGINT);
        if (dimensions == 1) {
            out.writeInt(numbers.length);
            out.writeInt(1);
        }
        for (long number : numbers) {
            out.writeInt(Long.BYTES);
            out.writeLong(number);
        }
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }
}
