package io.leeway.testing.bad.control;

import java.util.UUID;
import java.util.function.Supplier;

record DrawsChance(Supplier<UUID> ids) {
    DrawsChance() {
        this(UUID::randomUUID);
    }
}
