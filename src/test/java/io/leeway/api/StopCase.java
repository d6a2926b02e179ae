package io.leeway.api;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A line of {@code stops.yaml}, whose head says what each member means. */
record StopCase(
        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        List<String> stop,

        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) @Nullable
        List<String> level,

        boolean drill,
        @JsonProperty("do") String happens,
        @Nullable Map<String, String> as,
        @Nullable List<String> release,
        String expect) {
    private record Table(List<StopCase> cases) {}

    static List<StopCase> all() {
        try (InputStream yaml = StopCase.class.getResourceAsStream("/cases/stops.yaml")) {
            return new ObjectMapper(new YAMLFactory())
                    .readValue(yaml, Table.class)
                    .cases();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of the stop at that place. */
    String level(int stop) {
        return level == null ? "HALT" : level.get(level.size() == 1 ? 0 : stop);
    }

    String as(String what, String own) {
        return as == null ? own : as.getOrDefault(what, own);
    }

    List<String> releases() {
        return release == null ? List.of() : release;
    }

    @Override
    public String toString() {
        return stop + (drill ? " drill" : "") + (level == null ? "" : " " + level)
                + (release == null ? "" : ", " + release) + (as == null ? "" : ", as " + as) + ": " + happens + " → "
                + expect;
    }
}
