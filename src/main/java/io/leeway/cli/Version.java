package io.leeway.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version that the build put into {@code leeway.properties}. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
        return new String[] {"Leeway " + current()};
    }

    static String current() throws IOException {
        Properties properties = new Properties();
        try (InputStream bytes = Version.class.getClassLoader().getResourceAsStream("leeway.properties")) {
            if (bytes == null) {
                throw new IOException("`leeway.properties` is missing from the application");
            }
            properties.load(bytes);
        }
        return properties.getProperty("version", "unknown");
    }
}
