package io.leeway.activity;

import io.leeway.ledger.PositionedId;
import io.leeway.model.Money;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A decision, as the journal of its subject or trace tells it.
 *
 * @param repeat hash of what makes two actions the same
 * @param used whether its permit was used
 * @param trace what stands for the trace; null when it belongs to none
 */
record JournalEvent(
        UUID decision,
        Instant at,
        String agent,
        String actionType,
        UUID repeat,
        Allowed allowed,
        @Nullable Money money,
        boolean used,
        @Nullable UUID trace) {
    private static final int DECISION = 1;
    private static final int USE = 2;

    private static final int ALLOWED = 1;
    private static final int EXPIRES = 2;
    private static final int MONEY = 4;
    private static final int TRACE = 8;

    static JournalEvent of(ActivityEvent event, UUID decision, Instant at, Allowed allowed) {
        return new JournalEvent(
                decision,
                at,
                event.agent(),
                event.actionType(),
                Series.hash(event.repeat()),
                allowed,
                event.money(),
                false,
                event.traceKey());
    }

    /** Its place in the order of the ledger. */
    long position() {
        return PositionedId.positionOf(decision);
    }

    /** Whether its money is still to be counted: it was moved, or can be. */
    boolean isExposed(Instant now) {
        Instant expires = allowed.expires();
        return allowed.isAnything()
                && (expires == null || used || ActivityChanges.lastSecond(expires) > now.getEpochSecond());
    }

    private JournalEvent afterUse() {
        return new JournalEvent(decision, at, agent, actionType, repeat, allowed, money, true, trace);
    }

    byte[] encoded() {
        Instant expires = allowed.expires();
        return write(DECISION, decision, out -> {
            out.writeByte((allowed.isAnything() ? ALLOWED : 0)
                    | (expires == null ? 0 : EXPIRES)
                    | (money == null ? 0 : MONEY)
                    | (trace == null ? 0 : TRACE));
            out.writeLong(micros(at));
            out.writeUTF(agent);
            out.writeUTF(actionType);
            write(out, repeat);
            if (expires != null) {
                out.writeLong(micros(expires));
            }
            if (money != null) {
                out.writeUTF(money.currency());
                out.writeUTF(money.value().toString());
            }
            if (trace != null) {
                write(out, trace);
            }
        });
    }

    /** Says that the permit of a decision was used. */
    static byte[] use(UUID decision) {
        return write(USE, decision, out -> {});
    }

    /** What stands in a journal, by decision, in the order in which it was written. */
    static Map<UUID, JournalEvent> decode(byte[] journal) {
        Map<UUID, JournalEvent> events = new LinkedHashMap<>();
        ByteArrayInputStream bytes = new ByteArrayInputStream(journal);
        try (DataInputStream in = new DataInputStream(bytes)) {
            while (bytes.available() > 0) {
                int kind = in.readByte();
                UUID decision = readId(in);
                if (kind == DECISION) {
                    events.put(decision, read(decision, in));
                } else {
                    events.computeIfPresent(decision, (id, event) -> event.afterUse());
                }
            }
            return events;
        } catch (IOException e) {
            throw new UncheckedIOException("a journal of activity cannot be read", e);
        }
    }

    private static JournalEvent read(UUID decision, DataInputStream in) throws IOException {
        int has = in.readByte();
        Instant at = instant(in.readLong());
        String agent = in.readUTF();
        String actionType = in.readUTF();
        UUID repeat = readId(in);
        Instant expires = (has & EXPIRES) == 0 ? null : instant(in.readLong());
        Money money = null;
        if ((has & MONEY) != 0) {
            String currency = in.readUTF();
            money = new Money(new BigDecimal(in.readUTF()), currency);
        }
        return new JournalEvent(
                decision,
                at,
                agent,
                actionType,
                repeat,
                new Allowed((has & ALLOWED) != 0, expires),
                money,
                false,
                (has & TRACE) == 0 ? null : readId(in));
    }

    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    private static byte[] write(int kind, UUID decision, Writing rest) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(kind);
            write(out, decision);
            rest.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, UUID id) throws IOException {
        out.writeLong(id.getMostSignificantBits());
        out.writeLong(id.getLeastSignificantBits());
    }

    private static UUID readId(DataInputStream in) throws IOException {
        return new UUID(in.readLong(), in.readLong());
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
