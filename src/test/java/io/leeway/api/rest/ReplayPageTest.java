package io.leeway.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.decision.Decision.PolicyReference;
import io.leeway.evidence.CausingRule;
import io.leeway.evidence.CausingRule.Side;
import io.leeway.evidence.ReplayResult;
import io.leeway.evidence.ReplayResult.Agents;
import io.leeway.evidence.ReplayResult.Answer;
import io.leeway.evidence.ReplayResult.Change;
import io.leeway.evidence.ReplayResult.NotReplayed;
import io.leeway.ledger.Hashes;
import io.leeway.model.Directive;
import io.leeway.model.Effect;
import io.leeway.model.Mode;
import io.leeway.model.RuleSource;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A replay as a page and as a table: everything is there, and texts of callers stay texts. */
class ReplayPageTest {
    private static final String EVIL = "<script>alert('x')</script>&\"";
    private static final UUID SAMPLE = UUID.fromString("01990000-0000-7000-8000-000000000001");

    @Test
    void pageSaysWhatChangesAndWhy() {
        String page = ReplayPage.of(result(List.of(loosened("bot")), Map.of(NotReplayed.ERASED, 2L)));
        assertThat(page)
                .startsWith("<!doctype html>")
                .contains("Replay of policy version 2026-11-22.2")
                .contains("All 12 decisions")
                .contains("Human in the loop → Autonomous")
                .contains("no longer: <strong>LIM-01</strong> requires Human in the loop")
                .contains("now: <strong>REM-02</strong> grants Autonomous")
                .contains("billing.xlsx › Safeguards › A7:F7")
                .contains("1200.50 USD")
                .contains("class=\"number more\">3</td>")
                .contains("2: its facts were erased")
                .contains("No recorded decision would have got less leeway.")
                .contains(SAMPLE.toString());
    }

    @Test
    void pageHasNoScriptAndItsStyleIsTheOneThatIsAllowed() {
        String page = ReplayPage.of(result(List.of(loosened(EVIL)), Map.of()));
        assertThat(page).doesNotContain("<script").doesNotContain("style=").doesNotContain("onload");
        assertThat(page).contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;&quot;");
        String style = page.substring(page.indexOf("<style>") + 7, page.indexOf("</style>"));
        String hash = Base64.getEncoder().encodeToString(Hashes.sha256(style.getBytes(StandardCharsets.UTF_8)));
        assertThat(ReplayPage.CONTENT_SECURITY_POLICY)
                .startsWith("default-src 'none'")
                .contains("'sha256-" + hash + "'");
    }

    @Test
    void tableHasALineForEachCellAndChange() {
        assertThat(ReplayCsv.of(result(List.of(loosened("bot, the second")), Map.of(NotReplayed.ERASED, 2L)))
                        .split("\r\n"))
                .hasSize(1 + 9 + 1 + 1 + 1)
                .contains(
                        "section,from,to,rules,places,decisions,agents,agent names,money,samples",
                        "MATRIX,HUMAN_IN_THE_LOOP,AUTONOMOUS,,,3,,,,",
                        "LOOSENED,AWAIT_APPROVAL,PROCEED,LIM-01; REM-02,billing.xlsx › Safeguards › A7:F7; billing.xlsx › Remit ›"
                                + " A9:F9,3,1,\"bot, the second\",1200.50 USD," + SAMPLE,
                        "NEWLY_AUTONOMOUS,,,,,,,,1200.50 USD,",
                        "NOT_REPLAYED,ERASED,,,,2,,,,");
    }

    @Test
    void nothingInATableIsAFormula() {
        for (String evil : List.of("=1+1", "+1", "-1", "@SUM(A1)", "\t=1")) {
            assertThat(ReplayCsv.of(result(List.of(loosened(evil)), Map.of()))).contains(",'" + evil);
        }
        assertThat(ReplayCsv.of(result(List.of(loosened("=\"x\",y")), Map.of())))
                .contains(",\"'=\"\"x\"\",y\",");
    }

    @Test
    void theRestIsSaidToBeTheRest() {
        Change rest = new Change(null, null, List.of(), 4, Map.of(), new Agents(2, false, List.of("a")), List.of());
        ReplayResult result = result(List.of(rest), Map.of());
        assertThat(ReplayPage.of(result)).contains("too many to tell apart").contains("at least 2: a, …");
        assertThat(ReplayCsv.of(result)).contains("LOOSENED,,,,,4,2,a,,");
    }

    private static Change loosened(String agent) {
        return new Change(
                new Answer(Mode.HUMAN_IN_THE_LOOP, Directive.AWAIT_APPROVAL),
                new Answer(Mode.AUTONOMOUS, Directive.PROCEED),
                List.of(
                        rule(Side.RECORDED, "LIM-01", Effect.REQUIRE, Mode.HUMAN_IN_THE_LOOP, "Safeguards", "A7:F7"),
                        rule(Side.CANDIDATE, "REM-02", Effect.GRANT, Mode.AUTONOMOUS, "Remit", "A9:F9")),
                3,
                Map.of("USD", new BigDecimal("1200.50")),
                new Agents(1, true, List.of(agent)),
                List.of(SAMPLE));
    }

    private static CausingRule rule(Side side, String id, Effect effect, Mode mode, String sheet, String range) {
        return new CausingRule(
                side, id, effect, mode, sheet, "owner@example.com", new RuleSource("billing.xlsx", sheet, range, "00"));
    }

    private static ReplayResult result(List<Change> loosened, Map<NotReplayed, Long> notReplayed) {
        Map<Mode, Map<Mode, Long>> matrix = new EnumMap<>(Mode.class);
        for (Mode from : Mode.values()) {
            for (Mode to : Mode.values()) {
                matrix.computeIfAbsent(from, it -> new EnumMap<>(Mode.class)).put(to, 0L);
            }
        }
        matrix.get(Mode.HUMAN_IN_THE_LOOP).put(Mode.AUTONOMOUS, 3L);
        return new ReplayResult(
                new PolicyReference("2026-11-22.2", "sha256:00"),
                0,
                20,
                12,
                12,
                matrix,
                loosened,
                List.of(),
                new TreeMap<>(Map.of("USD", new BigDecimal("1200.50"))),
                notReplayed);
    }
}
