package io.leeway.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionedIdTest {
    private static final Instant TIME = Instant.parse("2026-11-22T09:00:00.123456Z");
    private final SplittableRandom random = new SplittableRandom(7);

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 4711, 1L << 32, (1L << 40) - 1})
    void anIdHoldsItsPositionAndIsAVersion7Uuid(long position) {
        UUID id = PositionedId.at(TIME, position, random::nextLong);
        assertThat(PositionedId.positionOf(id)).isEqualTo(position);
        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(TIME.toEpochMilli());
    }

    @Test
    void theBitsStandWhereTheyAreDocumented() {
        assertThat(PositionedId.at(Instant.ofEpochMilli(0x0123_4567_89abL), 0xff_ffff_ffffL, () -> 0))
                .hasToString("01234567-89ab-7000-bfff-ffffffc00000");
        assertThat(PositionedId.at(Instant.EPOCH, 0, () -> -1)).hasToString("00000000-0000-7fff-8000-0000003fffff");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1L << 40})
    void aPositionThatDoesNotFitIsRefused(long position) {
        assertThatThrownBy(() -> PositionedId.at(TIME, position, random::nextLong))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void otherUuidsHaveNoPosition() {
        assertThat(PositionedId.positionOf(UUID.fromString("f81d4fae-7dec-41d0-a765-00a0c91e6bf6")))
                .isEqualTo(-1);
        assertThat(PositionedId.positionOf(new UUID(0, 0))).isEqualTo(-1);
    }

    @Test
    void idsOfOneEntryDiffer() {
        Set<UUID> ids = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            ids.add(PositionedId.at(TIME, 5, random::nextLong));
        }
        assertThat(ids).hasSize(1000);
    }

    @Test
    void laterEntriesSortLaterWithinAMillisecond() {
        UUID first = PositionedId.at(TIME, 5, () -> 0);
        UUID second = PositionedId.at(TIME, 6, () -> 0);
        assertThat(second.toString()).isGreaterThan(first.toString());
    }
}
