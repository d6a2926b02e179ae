package io.leeway.evidence;

import io.leeway.ledger.CanonicalJson;
import io.leeway.ledger.JsonReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One place where two results differ.
 *
 * @param pointer to the place, RFC 6901; {@code ""} for the whole
 * @param recorded what was recorded there, as JSON; null when nothing was
 * @param again what is there now, as JSON; null when nothing is
 */
public record JsonDifference(
        String pointer, @Nullable String recorded, @Nullable String again) {
    /** How many are told: enough to see what is wrong. */
    private static final int MOST = 100;

    /**
     * Where two results differ, in the order of names and places; at least one. Items of lists are compared by their place.
     *
     * @param recorded and {@code again}: different bytes, each a JSON object
     */
    static List<JsonDifference> between(byte[] recorded, byte[] again) {
        List<JsonDifference> found = new ArrayList<>();
        compare(
                "",
                JsonReader.object(recorded).members(),
                JsonReader.object(again).members(),
                found);
        return found.isEmpty()
                ? List.of(new JsonDifference("", "the same, in other bytes", "the same, in other bytes"))
                : List.copyOf(found);
    }

    private static void compare(
            String pointer, @Nullable Object recorded, @Nullable Object again, List<JsonDifference> found) {
        if (recorded instanceof Map<?, ?> one && again instanceof Map<?, ?> other) {
            Set<Object> names = new TreeSet<>(one.keySet());
            names.addAll(other.keySet());
            names.forEach(name -> compare(at(pointer, name.toString()), one.get(name), other.get(name), found));
        } else if (recorded instanceof List<?> one && again instanceof List<?> other) {
            for (int i = 0; i < Math.max(one.size(), other.size()); i++) {
                compare(
                        at(pointer, Integer.toString(i)),
                        i < one.size() ? one.get(i) : null,
                        i < other.size() ? other.get(i) : null,
                        found);
            }
        } else if (!Objects.equals(recorded, again) && found.size() < MOST) {
            found.add(new JsonDifference(pointer, text(recorded), text(again)));
        }
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : CanonicalJson.text(value);
    }

    private static String at(String pointer, String name) {
        return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
    }
}
