package io.leeway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.model.Action;
import io.leeway.model.Agent;
import io.leeway.model.Attributes;
import io.leeway.model.EvidenceSet;
import io.leeway.model.Money;
import io.leeway.model.Proposal;
import io.leeway.model.Stage;
import io.leeway.model.Subject;
import io.leeway.model.Trace;
import io.leeway.policy.table.PolicyReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTablesTest {
    private static final PolicyTables NONE = new PolicyTables(List.of(), Map.of(), Map.of());

    @ParameterizedTest
    @CsvSource({"USD, true", "EUR, true", "CHF, false", "usd, false", ", true"})
    void aCurrencyIsListedWhenTheVocabularySaysSo(@Nullable String currency, boolean listed) {
        assertThat(tables("action.currency,text,,\"USD, EUR\",Currencies\n").listsCurrencyOf(proposal(currency)))
                .isEqualTo(listed);
    }

    @Test
    void anyCurrencyIsListedWhereNoneIs() {
        assertThat(NONE.listsCurrencyOf(proposal("CHF"))).isTrue();
        assertThat(tables("action.currency,text,,,Currencies\n").listsCurrencyOf(proposal("CHF")))
                .isTrue();
        assertThat(tables("channel,text,,\"card, cash\",How\n").listsCurrencyOf(proposal("CHF")))
                .isTrue();
    }

    private static PolicyTables tables(String lines) {
        String csv = "Vocabulary,,,,\nAttribute,Type,Unit,Allowed,Meaning\n" + lines;
        var reading = PolicyReader.read(
                List.of(new PolicyFile("vocabulary.csv", csv.getBytes(StandardCharsets.UTF_8))),
                LocalDate.of(2026, 11, 22));
        assertThat(reading.findings()).isEmpty();
        assertThat(reading.tables()).isNotNull();
        return reading.tables();
    }

    private static Proposal proposal(@Nullable String currency) {
        Money money = currency == null ? null : new Money(BigDecimal.TEN, currency);
        return new Proposal(
                new Action("x", "refund", "", money, null, null, Attributes.NONE, ""),
                new Agent("a", "", "", Stage.FULL),
                new Subject("", ""),
                EvidenceSet.asSent(List.of()),
                Trace.NONE);
    }
}
