package io.leeway.cli;

import java.net.URI;
import java.util.Map;
import picocli.CommandLine.Option;

/** Which service a command talks to, and as whom. */
final class ServiceOptions {
    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8080",
            description = "The service, by default ${DEFAULT-VALUE}; the key comes from LEEWAY_KEY.")
    private URI url = URI.create("http://127.0.0.1:8080");

    ServiceClient connect(Map<String, String> environment) {
        String key = environment.getOrDefault("LEEWAY_KEY", "");
        if (key.isBlank()) {
            throw CommandException.misused("LEEWAY_KEY is not set; it holds the API key to use");
        }
        if (url.getHost() == null) {
            throw CommandException.misused("--url is `" + url + "`; it must be like `http://127.0.0.1:8080`");
        }
        return new ServiceClient(url, key);
    }
}
