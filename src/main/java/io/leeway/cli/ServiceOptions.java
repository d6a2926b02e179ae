package io.leeway.cli;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which service a command talks to, and as whom. */
final class ServiceOptions {
    private static final String PORT = "QUARKUS_HTTP_PORT";

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "The service, by default http://127.0.0.1 with the port in QUARKUS_HTTP_PORT or 8080; the key comes from LEEWAY_KEY.")
    private @Nullable URI url;

    ServiceClient connect(Map<String, String> environment) {
        String key = environment.getOrDefault("LEEWAY_KEY", "");
        if (key.isBlank()) {
            throw CommandException.misused("LEEWAY_KEY is not set; it holds the API key to use");
        }
        URI service = url == null ? onThisMachine(environment.getOrDefault(PORT, "")) : url;
        if (service.getHost() == null) {
            throw CommandException.misused("--url is `" + service + "`; it must be like `http://127.0.0.1:8080`");
        }
        return new ServiceClient(service, key);
    }

    /** Where `serve` listens with the same environment. */
    private static URI onThisMachine(String port) {
        if (!port.isBlank() && !port.matches("[1-9][0-9]{0,4}")) {
            throw CommandException.misused(
                    PORT + " is `" + port + "`, which no service can be found by; name it with --url");
        }
        return URI.create("http://127.0.0.1:" + (port.isBlank() ? "8080" : port));
    }
}
