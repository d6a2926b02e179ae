package io.leeway.evidence;

import io.leeway.decision.DecisionEntry;
import io.leeway.ledger.StoredEntry;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;

/** Decisions in a file, byte for byte as the ledger holds them: header, facts and result. */
final class DecisionFile implements AutoCloseable {
    private final DataOutputStream out;

    DecisionFile(Path file) throws IOException {
        out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)));
    }

    void write(DecisionEntry decision) throws IOException {
        StoredEntry entry = decision.entry();
        out.writeLong(entry.position());
        for (byte[] part : new byte[][] {entry.header(), entry.facts(), entry.result()}) {
            Objects.requireNonNull(part);
            out.writeInt(part.length);
            out.write(part);
        }
    }

    @Override
    public void close() throws IOException {
        out.writeLong(-1);
        out.close();
    }

    static void read(Path file, Consumer<DecisionEntry> taker) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            for (long position = in.readLong(); position >= 0; position = in.readLong()) {
                taker.accept(DecisionEntry.of(
                        new StoredEntry(position, "decision", part(in), new byte[16], part(in), part(in))));
            }
        }
    }

    private static byte[] part(DataInputStream in) throws IOException {
        return in.readNBytes(in.readInt());
    }
}
