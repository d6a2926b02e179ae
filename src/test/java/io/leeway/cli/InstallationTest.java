package io.leeway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationTest {
    @TempDir
    Path directory;

    @Test
    void findsTheShippedFilesAboveTheJar() throws IOException {
        Path home = Files.createDirectories(directory.resolve("some where"));
        Files.createDirectories(home.resolve("decision-tables"));
        Path jar = Files.createDirectories(home.resolve("target/quarkus-app")).resolve("quarkus-run.jar");
        assertThat(Installation.home(jar.toString(), directory)).isEqualTo(home);
        assertThat(Installation.home("target/quarkus-app/quarkus-run.jar", home))
                .isEqualTo(home);
    }

    @Test
    void fallsBackToTheWorkingDirectory() {
        assertThat(Installation.home(directory.resolve("run.jar").toString(), directory))
                .isEqualTo(directory);
        assertThat(Installation.home("a.jar:b.jar", directory)).isEqualTo(directory);
        assertThat(Installation.home("", directory)).isEqualTo(directory);
    }
}
