package io.leeway.server;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.nio.file.Path;
import java.util.Optional;

/** {@code leeway.policy.directory}, in the environment {@code LEEWAY_POLICY_DIRECTORY}. */
@ConfigMapping(prefix = "leeway.policy.directory")
public interface PolicyConfig {
    /**
     * Directory whose {@code *.xlsx}, {@code *.csv} and {@code *.drl} become the first version when the database has none.
     * Default: the shipped {@code decision-tables/} and {@code rules/}.
     */
    @WithParentName
    Optional<Path> directory();
}
