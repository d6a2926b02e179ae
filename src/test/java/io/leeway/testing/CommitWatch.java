package io.leeway.testing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Reads what a client says to PostgreSQL on one connection (protocol 3.0) and sees when it commits entries of the ledger.
 * Bytes that are not this protocol make it deaf, not wrong. Not thread-safe.
 */
final class CommitWatch {
    private static final int STARTUP = 196_608;
    private static final int LONGEST = 1 << 28;

    private final Map<String, String> statements = new HashMap<>();
    private byte[] rest = {};
    private boolean started;
    private boolean deaf;
    private boolean writes;

    /**
     * Takes in what the client sent.
     *
     * @return whether with these bytes a {@code COMMIT} is complete that follows an insert into the ledger
     */
    boolean commits(byte[] chunk, int length) {
        if (deaf) {
            return false;
        }
        byte[] all = Arrays.copyOf(rest, rest.length + length);
        System.arraycopy(chunk, 0, all, rest.length, length);
        ByteBuffer bytes = ByteBuffer.wrap(all);
        boolean commits = false;
        while (!deaf && isWhole(bytes)) {
            commits |= message(bytes);
        }
        rest = Arrays.copyOfRange(all, bytes.position(), all.length);
        return commits;
    }

    /** Type (not before the start-up message), length with itself, body. */
    private boolean isWhole(ByteBuffer bytes) {
        int type = started ? 1 : 0;
        if (bytes.remaining() < type + 4) {
            return false;
        }
        int length = bytes.getInt(bytes.position() + type);
        deaf = length < 4 || length > LONGEST;
        return !deaf && bytes.remaining() >= type + length;
    }

    private boolean message(ByteBuffer bytes) {
        byte type = started ? bytes.get() : 0;
        byte[] body = new byte[bytes.getInt() - 4];
        bytes.get(body);
        ByteBuffer message = ByteBuffer.wrap(body);
        switch (type) {
            case 0 -> started = body.length >= 4 && message.getInt() == STARTUP;
            case 'P' -> statements.put(text(message), text(message));
            case 'B' -> {
                text(message);
                return runs(statements.getOrDefault(text(message), ""));
            }
            case 'Q' -> {
                return runs(text(message));
            }
            default -> {
                // Nothing that runs a statement.
            }
        }
        return false;
    }

    private boolean runs(String sql) {
        String lower = sql.strip().toLowerCase(Locale.ROOT);
        boolean commits = writes && lower.equals("commit");
        if (lower.equals("commit") || lower.equals("rollback")) {
            writes = false;
        } else if (lower.contains("insert into ledger_entry")) {
            writes = true;
        }
        return commits;
    }

    private static String text(ByteBuffer message) {
        int start = message.position();
        while (message.hasRemaining() && message.get() != 0) {
            // Up to the zero that ends it.
        }
        return new String(message.array(), start, message.position() - start - 1, StandardCharsets.UTF_8);
    }
}
