package io.leeway.activity;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.ledger.PositionedId;
import io.leeway.model.Money;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Journals of activity: what is written is what is read, and what does not fit is left to the sums. */
class JournalsTest {
    private static final Instant NOW = Instant.parse("2026-11-20T09:00:00.123456Z");
    private final Random random = new Random(11);

    @Test
    void whatIsWrittenIsWhatIsRead() {
        List<JournalEvent> written =
                IntStream.range(0, 500).mapToObj(this::event).toList();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        written.forEach(event -> bytes.writeBytes(event.encoded()));

        assertThat(new ArrayList<>(JournalEvent.decode(bytes.toByteArray()).values()))
                .isEqualTo(written);
    }

    @Test
    void aUseIsThatOfItsDecisionWhereverItStands() {
        List<JournalEvent> written = IntStream.range(0, 9).mapToObj(this::event).toList();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        written.forEach(event -> bytes.writeBytes(event.encoded()));
        bytes.writeBytes(JournalEvent.use(written.get(4).decision()));
        bytes.writeBytes(JournalEvent.use(UUID.randomUUID()));

        assertThat(JournalEvent.decode(bytes.toByteArray()).values())
                .filteredOn(JournalEvent::used)
                .extracting(JournalEvent::decision)
                .containsExactly(written.get(4).decision());
    }

    @Test
    void moneyIsExposedUntilThePermitEndsAndForGoodOnceItWasUsed() {
        Instant expires = NOW.plusSeconds(60).truncatedTo(ChronoUnit.SECONDS);
        JournalEvent open = event(new Allowed(true, expires), false);

        assertThat(open.isExposed(expires.minusMillis(1))).isTrue();
        assertThat(open.isExposed(expires)).isFalse();
        assertThat(event(new Allowed(true, expires), true).isExposed(expires.plus(Duration.ofDays(9))))
                .isTrue();
        assertThat(event(new Allowed(true, null), false).isExposed(expires)).isTrue();
        assertThat(event(new Allowed(false, null), false).isExposed(NOW)).isFalse();
    }

    @Test
    void aJournalTakesInWhatThereIsRoomFor() {
        Journals journals = new Journals("test");
        UUID key = UUID.randomUUID();
        List<Boolean> taken = IntStream.range(0, 60)
                .mapToObj(i -> journals.add(key, event(i), 1))
                .toList();
        int first = taken.indexOf(false);

        assertThat(first).isBetween(12, 40);
        assertThat(taken.subList(first, taken.size())).containsOnly(false);
        assertThat(journals.lookups()).hasSize(1);
        assertThat(journals.of(key)).hasSize(first);
    }

    private JournalEvent event(Allowed allowed, boolean used) {
        JournalEvent event = event(1);
        return new JournalEvent(
                event.decision(),
                event.at(),
                event.agent(),
                event.actionType(),
                event.repeat(),
                allowed,
                event.money(),
                used,
                event.trace());
    }

    private JournalEvent event(int position) {
        Instant at = NOW.plus(random.nextInt(1_000_000_000), ChronoUnit.MICROS);
        Allowed allowed = switch (random.nextInt(3)) {
            case 0 -> new Allowed(false, null);
            case 1 -> new Allowed(true, null);
            default -> new Allowed(true, at.plusSeconds(random.nextInt(900)));
        };
        return new JournalEvent(
                PositionedId.at(at, position, random::nextLong),
                at,
                "agent-" + random.nextInt(100),
                random.nextBoolean() ? "billing.adjust" : "Über.weisung",
                UUID.randomUUID(),
                allowed,
                random.nextBoolean()
                        ? null
                        : new Money(new BigDecimal("12.30").movePointRight(random.nextInt(9)), "EUR"),
                false,
                random.nextBoolean() ? null : UUID.randomUUID());
    }
}
