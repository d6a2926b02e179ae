package io.leeway.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the files are that ship beside the program: {@code decision-tables/}, {@code rules/}, {@code examples/}. */
public final class Installation {
    private static final String LANDMARK = "decision-tables";

    private Installation() {}

    /**
     * The nearest directory at or above the running jar that holds {@code decision-tables/}; the working directory when
     * there is none.
     *
     * @return absolute
     */
    public static Path home() {
        return home(System.getProperty("java.class.path", ""), Path.of("").toAbsolutePath());
    }

    static Path home(String classPath, Path workingDirectory) {
        if (classPath.endsWith(".jar") && classPath.indexOf(':') < 0) {
            for (Path at = workingDirectory.resolve(classPath).normalize().getParent();
                    at != null;
                    at = at.getParent()) {
                if (Files.isDirectory(at.resolve(LANDMARK))) {
                    return at;
                }
            }
        }
        return workingDirectory;
    }
}
