package io.leeway.decision;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** {@code leeway.lane.*} */
@ConfigMapping(prefix = "leeway.lane")
public interface LaneConfig {
    /** How many pieces of work may wait; one more is refused with {@code OVERLOADED}. */
    @WithDefault("2048")
    int queue();

    /** How many pieces of work one transaction takes at most. */
    @WithDefault("256")
    int batch();
}
