package io.leeway.console;

import io.leeway.ledger.Hashes;
import io.quarkus.qute.TemplateExtension;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A file that pages are made with. The list is closed: nothing else is handed out.
 *
 * @param digest first 16 hex digits of the bytes' SHA-256: with it in its path, a browser may keep the file for good
 */
record Asset(String name, String type, byte[] bytes, String digest) {
    private static final String OURS = "io/leeway/console/";

    private static final Map<String, Asset> ALL = Stream.of(
                    read("console.css", "text/css;charset=utf-8", OURS + "console.css"),
                    read("console.js", "text/javascript;charset=utf-8", OURS + "console.js"),
                    read("leeway.svg", "image/svg+xml", OURS + "leeway.svg"),
                    read("htmx.js", "text/javascript;charset=utf-8", htmx()))
            .collect(Collectors.toUnmodifiableMap(Asset::name, Function.identity()));

    /** @throws IllegalArgumentException when there is none of that name */
    static Asset named(String name) {
        Asset asset = ALL.get(name);
        if (asset == null) {
            throw new IllegalArgumentException("no page is made with `" + name + "`");
        }
        return asset;
    }

    static boolean exists(String name) {
        return ALL.containsKey(name);
    }

    /** Its path, {@code asset:path('console.css')} in templates. */
    @TemplateExtension(namespace = "asset")
    static String path(String name) {
        return ConsoleGate.ASSETS + named(name).digest() + "/" + name;
    }

    private static Asset read(String name, String type, String resource) {
        byte[] bytes = bytes(resource);
        return new Asset(
                name,
                type,
                bytes,
                HexFormat.of().formatHex(Hashes.sha256(bytes)).substring(0, 16));
    }

    /** Where the WebJar has it, which says its version; the build says which one it took. */
    private static String htmx() {
        Properties build = new Properties();
        try (InputStream properties = open("leeway.properties")) {
            build.load(properties);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "META-INF/resources/webjars/htmx.org/" + build.getProperty("htmx") + "/dist/htmx.min.js";
    }

    private static byte[] bytes(String resource) {
        try (InputStream content = open(resource)) {
            return content.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String resource) {
        InputStream content = Asset.class.getClassLoader().getResourceAsStream(resource);
        if (content == null) {
            throw new IllegalStateException("`" + resource + "` is missing from the application");
        }
        return content;
    }
}
