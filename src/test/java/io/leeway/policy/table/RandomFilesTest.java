package io.leeway.policy.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.leeway.policy.Finding;
import io.leeway.policy.PolicyFile;
import io.leeway.testing.SheetBuilder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Whatever the bytes: an answer, soon, with tables or with an error, and never both or neither. */
class RandomFilesTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

    private static final int COUNT = Boolean.getBoolean("leeway.test.full") ? 50_000 : 1_500;
    private static final String SPICE = "\",;\n\r$=|(){}<>&'\u0000\u200b01Ax .PT\u201c\uFEFF";

    private static final SheetBuilder SHEET = SheetBuilder.policy("Limits", "owner@example.com")
            .line("Review by", LocalDate.of(2030, 1, 1))
            .table("Remit")
            .name()
            .condition("Action", "forall(||){action.type == \"$\"}")
            .condition("Currency", "action.currency == \"$param\"")
            .condition("Amount", "action.amount > $1, action.amount <= $2")
            .condition("Stale", "evidence.staleAfter(\"$1\", \"$2\") == true")
            .grant()
            .because()
            .approvers()
            .lastDay()
            .row("R-1", "billing.adjust, billing.refund", "USD", "0, 500", null, "Autonomous", "Small.", null, null)
            .row("R-2", "x", "EUR", null, "a, PT1M", "Human in the loop", "Old.", "ops, 2", LocalDate.of(2030, 1, 1));

    @Test
    void random_bytes_never_throw() {
        each(random -> {
            byte[] bytes = new byte[random.nextInt(400)];
            random.nextBytes(bytes);
            if (bytes.length > 4 && random.nextBoolean()) {
                System.arraycopy(new byte[] {'P', 'K', 3, 4}, 0, bytes, 0, 4);
            }
            return new PolicyFile(random.nextBoolean() ? "a.csv" : "a.xlsx", bytes);
        });
    }

    @Test
    void mutated_csv_never_throws() {
        byte[] good = SHEET.csv("a.csv").bytes();
        each(random -> new PolicyFile("a.csv", mutated(good, random)));
    }

    @Test
    void mutated_archives_never_throw() {
        byte[] good = SHEET.xlsx("a.xlsx").bytes();
        each(random -> new PolicyFile("a.xlsx", mutated(good, random)));
    }

    @Test
    void mutated_parts_never_throw() {
        byte[] good = SHEET.xlsx("a.xlsx").bytes();
        each(random -> new PolicyFile("a.xlsx", withMutatedParts(good, random)));
    }

    private interface Source {
        PolicyFile next(Random random) throws IOException;
    }

    private static void each(Source source) {
        for (int seed = 0; seed < COUNT; seed++) {
            int at = seed;
            Assertions.assertTimeoutPreemptively(
                    Duration.ofSeconds(20),
                    () -> assertThatCode(() -> check(source.next(new Random(at))))
                            .as("seed " + at)
                            .doesNotThrowAnyException(),
                    () -> "seed " + at);
        }
    }

    private static void check(PolicyFile file) {
        Reading reading = PolicyReader.read(List.of(file), TODAY);
        boolean errors = reading.findings().stream().anyMatch(Finding::isError);
        assertThat(reading.tables() == null).isEqualTo(errors);
    }

    private static byte[] mutated(byte[] good, Random random) {
        byte[] bytes = good.clone();
        for (int i = random.nextInt(6); i >= 0; i--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] = (byte) SPICE.charAt(random.nextInt(SPICE.length()));
                case 2 -> {
                    int length = Math.min(random.nextInt(40), bytes.length - at);
                    System.arraycopy(bytes, random.nextInt(bytes.length - length + 1), bytes, at, length);
                }
                default -> {
                    byte[] shorter = new byte[Math.max(1, random.nextInt(20) == 0 ? at : bytes.length - 1)];
                    System.arraycopy(bytes, 0, shorter, 0, Math.min(at, shorter.length));
                    if (shorter.length == bytes.length - 1) {
                        System.arraycopy(bytes, at + 1, shorter, at, shorter.length - at);
                    }
                    bytes = shorter;
                }
            }
        }
        return bytes;
    }

    private static byte[] withMutatedParts(byte[] good, Random random) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(good));
                ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                byte[] part = in.readAllBytes();
                boolean sheet =
                        entry.getName().contains("sheet1") || entry.getName().contains("sharedStrings");
                out.putNextEntry(new ZipEntry(entry.getName()));
                out.write(random.nextInt(sheet ? 2 : 8) == 0 ? mutated(part, random) : part);
            }
        }
        return bytes.toByteArray();
    }
}
