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

    /**
     * What counts for exactly an agent and a pattern.
     *
     * @param position of the setting for exactly that; -1 when there is none, and a wider one counts, or none
     */
    record Standing(Stage stage, long position) {
        static final long NONE = -1;
    }

    /** These, with the changed ones in place of what they replace. */
    StageTable with(Collection<StageSetting> changed) {
        if (changed.isEmpty()) {
            return this;
        }
        Map<Key, StageSetting> next = new HashMap<>(settings);
        changed.forEach(setting -> next.put(new Key(setting.agent(), setting.action()), setting));
        return new StageTable(next);
    }

    /** The most specific of the settings that cover the type, as it counts by now; {@link Stage#SUPERVISED} without any. */
    Stage stageOf(String agent, String actionType, Instant now) {
        for (String pattern : ActionPattern.covering(actionType)) {
            StageSetting setting = settings.get(new Key(agent, pattern));
            if (setting != null) {
                return setting.stageAt(now);
            }
        }
        return Stage.SUPERVISED;
    }

    /** What counts for actions of that type, of that family, or for all. */
    Standing standing(String agent, String pattern, Instant now) {
        StageSetting setting = settings.get(new Key(agent, pattern));
        return new Standing(stageOf(agent, pattern, now), setting == null ? Standing.NONE : setting.position());
    }
}
