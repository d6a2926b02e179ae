package io.leeway.control;

import io.leeway.model.Stage;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Every setting by agent and pattern. Immutable. */
final class StageTable {
    static final StageTable EMPTY = new StageTable(Map.of());

    private final Map<Key, StageSetting> settings;

    private StageTable(Map<Key, StageSetting> settings) {
        this.settings = settings;
    }

    private record Key(String agent, String pattern) {}

    /** These, with the changed ones in place of what they replace. */
    StageTable with(Collection<StageSetting> changed) {
        if (changed.isEmpty()) {
            return this;
        }
        Map<Key, StageSetting> next = new HashMap<>(settings);
        changed.forEach(setting -> next.put(new Key(setting.agent(), setting.action()), setting));
        return new StageTable(next);
    }

    /** Of the settings that cover the type, the most specific that still holds; one that has ended counts as not there. */
    Stage stageOf(String agent, String actionType, Instant now) {
        for (String pattern : ActionPattern.covering(actionType)) {
            StageSetting setting = settings.get(new Key(agent, pattern));
            if (setting != null && setting.holdsAt(now)) {
                return setting.stage();
            }
        }
        return Stage.SUPERVISED;
    }
}
