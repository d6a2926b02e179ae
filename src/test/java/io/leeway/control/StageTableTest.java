package io.leeway.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.model.Stage;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StageTableTest {
    private static final Instant NOW = Instant.parse("2026-11-22T09:00:00Z");

    private final StageTable table = StageTable.EMPTY.with(List.of(
            setting("bot", "*", Stage.SHADOW, null),
            setting("bot", "billing.*", Stage.LIMITED, null),
            setting("bot", "billing.refund.*", Stage.SUPERVISED, null),
            setting("bot", "billing.refund.small", Stage.FULL, null),
            setting("narrow", "billing.adjust", Stage.FULL, null)));

    @ParameterizedTest(name = "{0} for {1}: {2}")
    @CsvSource({
        "bot, billing.refund.small, FULL",
        "bot, billing.refund.large, SUPERVISED",
        "bot, billing.refund.small.x, SUPERVISED",
        "bot, billing.refund, LIMITED",
        "bot, billing.adjust, LIMITED",
        "bot, billing, SHADOW",
        "bot, logistics.hold, SHADOW",
        "bot, billingx.adjust, SHADOW",
        "narrow, billing.adjust, FULL",
        "narrow, billing.other, SUPERVISED",
        "nobody, billing.adjust, SUPERVISED",
        "Bot, billing.adjust, SUPERVISED",
    })
    void theMostSpecificSettingCounts(String agent, String action, Stage stage) {
        assertThat(table.stageOf(agent, action, NOW)).isEqualTo(stage);
    }

    @ParameterizedTest(name = "{0} until the end, with {1} for everything: {2} before, {3} from then on")
    @CsvSource({
        "FULL, FULL, FULL, SUPERVISED",
        "FULL, SHADOW, FULL, SUPERVISED",
        "FULL, , FULL, SUPERVISED",
        "LIMITED, FULL, LIMITED, SUPERVISED",
        "SHADOW, FULL, SHADOW, SUPERVISED",
        "SUPERVISED, FULL, SUPERVISED, SUPERVISED",
    })
    void anEndedSettingCountsAsSupervisedWhateverWiderOnesSay(
            Stage bounded, @Nullable Stage wider, Stage before, Stage after) {
        StageTable ending = StageTable.EMPTY.with(List.of(setting("bot", "billing.adjust", bounded, NOW)));
        StageTable both = wider == null ? ending : ending.with(List.of(setting("bot", "*", wider, null)));
        assertThat(both.stageOf("bot", "billing.adjust", NOW.minusNanos(1000))).isEqualTo(before);
        assertThat(both.stageOf("bot", "billing.adjust", NOW)).isEqualTo(after);
        assertThat(both.stageOf("bot", "billing.adjust", NOW.plusSeconds(1))).isEqualTo(after);
        assertThat(both.stageOf("bot", "billing.other", NOW)).isEqualTo(wider == null ? Stage.SUPERVISED : wider);
    }

    @Test
    void whatCountsForAPatternIsWhatItsTypesGetFromItOrFromWiderOnes() {
        assertThat(table.standing("bot", "billing.*", NOW)).isEqualTo(new StageTable.Standing(Stage.LIMITED, 0));
        assertThat(table.standing("bot", "logistics.*", NOW)).isEqualTo(new StageTable.Standing(Stage.SHADOW, -1));
        assertThat(table.standing("bot", "billing.refund.large", NOW))
                .isEqualTo(new StageTable.Standing(Stage.SUPERVISED, -1));
        assertThat(table.standing("nobody", "*", NOW)).isEqualTo(new StageTable.Standing(Stage.SUPERVISED, -1));
    }

    @Test
    void aNewSettingReplacesTheOneForExactlyTheSame() {
        StageTable changed = table.with(List.of(setting("bot", "billing.*", Stage.SHADOW, null)));
        assertThat(changed.stageOf("bot", "billing.adjust", NOW)).isEqualTo(Stage.SHADOW);
        assertThat(changed.stageOf("bot", "billing.refund.small", NOW)).isEqualTo(Stage.FULL);
        assertThat(table.stageOf("bot", "billing.adjust", NOW))
                .as("the old snapshot")
                .isEqualTo(Stage.LIMITED);
    }

    private static StageSetting setting(String agent, String action, Stage stage, @Nullable Instant until) {
        return new StageSetting(agent, action, stage, "why", "alice", NOW, 0, until, null);
    }
}
