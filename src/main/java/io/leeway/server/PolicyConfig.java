package io.leeway.server;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** {@code leeway.policy.*} */
@ConfigMapping(prefix = "leeway.policy")
public interface PolicyConfig {
    /**
     * Directory whose {@code *.xlsx}, {@code *.csv} and {@code *.drl} become the first version when the database has none
     * ({@code LEEWAY_POLICY_DIRECTORY}). Default: the shipped {@code decision-tables/} and {@code rules/}.
     */
    Optional<Path> directory();
}
