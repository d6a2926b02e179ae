package io.leeway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.policy.Rates.Rate;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rates by day, against a plain loop over all of them. */
class RatesTest {
    private static final LocalDate BEGIN = LocalDate.of(2026, 1, 1);
    private static final int DAYS = 12;

    @Test
    void a_day_has_the_rate_that_is_valid_then() {
        Random random = new Random(11);
        int always = 0;
        for (int i = 0; i < 2_000; i++) {
            List<Rate> all = some(random);
            Rates rates = new Rates(all);
            boolean gap = false;
            for (int day = -2; day < DAYS + 2; day++) {
                LocalDate date = BEGIN.plusDays(day);
                BigDecimal expected = all.stream()
                        .filter(it -> it.from().equals("USD") && it.to().equals("EUR"))
                        .filter(it -> it.isValid(date))
                        .map(Rate::rate)
                        .findFirst()
                        .orElse(null);
                assertThat(rates.on(date, "USD", "EUR")).isEqualTo(expected);
                gap |= expected == null;
            }
            assertThat(rates.isAlways("USD", "EUR")).as(all.toString()).isEqualTo(!gap);
            assertThat(rates.isEver("USD", "EUR"))
                    .isEqualTo(all.stream().anyMatch(it -> it.from().equals("USD")));
            always += gap ? 0 : 1;
        }
        assertThat(always).isPositive();
    }

    /** Rates that do not overlap, in any order. */
    private static List<Rate> some(Random random) {
        List<Rate> all = new ArrayList<>();
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            boolean other = random.nextInt(5) == 0;
            Rate rate = new Rate(
                    other ? "EUR" : "USD", other ? "USD" : "EUR", BigDecimal.valueOf(i + 1L), day(random), day(random));
            boolean reversed =
                    rate.first() != null && rate.last() != null && rate.last().isBefore(rate.first());
            if (!reversed && all.stream().noneMatch(rate::overlaps)) {
                all.add(rate);
            }
        }
        return all;
    }

    private static @Nullable LocalDate day(Random random) {
        return random.nextInt(3) == 0 ? null : BEGIN.plusDays(random.nextInt(DAYS));
    }

    @Test
    void within_a_currency_the_rate_is_1_and_nothing_is_inverted() {
        Rates rates = new Rates(List.of(new Rate("USD", "EUR", new BigDecimal("0.9"), null, null)));
        assertThat(rates.on(BEGIN, "USD", "USD")).isEqualByComparingTo("1");
        assertThat(rates.isAlways("CHF", "CHF")).isTrue();
        assertThat(rates.on(BEGIN, "EUR", "USD")).isNull();
        assertThat(rates.on(BEGIN, "", "EUR")).isNull();
    }
}
