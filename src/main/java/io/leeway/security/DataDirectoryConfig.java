package io.leeway.security;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.nio.file.Path;

/** {@code leeway.data-dir}, in the environment {@code LEEWAY_DATA_DIR}. */
@ConfigMapping(prefix = "leeway.data-dir")
public interface DataDirectoryConfig {
    /** Where the service keeps its files; nothing is written elsewhere. */
    @WithParentName
    @WithDefault("data")
    Path path();
}
