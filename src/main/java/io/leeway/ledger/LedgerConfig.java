package io.leeway.ledger;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** {@code leeway.ledger.*} */
@ConfigMapping(prefix = "leeway.ledger")
public interface LedgerConfig {
    /** Name of the ledger that this service writes: one order, one tree, one head row a realm. */
    @WithDefault("default")
    String realm();
}
