package io.leeway.policy.release;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** {@code leeway.policy.*} beside the directory, in the environment {@code LEEWAY_POLICY_*}. */
@ConfigMapping(prefix = "leeway.policy")
public interface ReleaseConfig {
    /** Whether DRL, which is code, may be proposed through the API. */
    @WithDefault("false")
    boolean drlUpload();

    /** What becomes of a change of the files in the policy directory while the service runs. */
    @WithDefault("off")
    Follow follow();

    /** How far a changed directory goes by itself. */
    enum Follow {
        OFF,
        /** It becomes a candidate. */
        PROPOSE,
        /** The candidate comes into force where it is proven that nobody gets more leeway, and nothing speaks against it. */
        ACTIVATE
    }
}
