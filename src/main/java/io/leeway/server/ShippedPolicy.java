package io.leeway.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where the first version's files are. */
final class ShippedPolicy {
    private static final String TABLES = "decision-tables";
    private static final String RULES = "rules";

    private ShippedPolicy() {}

    /** The configured directory alone, or the shipped ones: of {@code leeway.home} if set, else of the working directory. */
    static List<Path> directories(Optional<Path> configured) {
        if (configured.isPresent()) {
            return List.of(configured.get());
        }
        Path home = Path.of(System.getProperty("leeway.home", "."));
        return List.of(home.resolve(TABLES), home.resolve(RULES)).stream()
                .filter(Files::isDirectory)
                .toList();
    }
}
