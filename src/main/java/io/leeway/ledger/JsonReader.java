package io.leeway.ledger;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads back what {@link CanonicalJson} wrote. For trusted bytes; what callers send is read at the edge, strictly. */
public final class JsonReader {
    private static final JsonFactory FACTORY = new JsonFactory();

    private static final BigDecimal MAX_SAFE_INTEGER = BigDecimal.valueOf(1L << 53);

    private JsonReader() {}

    /**
     * The object, its values as sorted maps, lists, {@link String}, {@link Boolean}, {@link Long}, {@link BigDecimal} and null.
     *
     * @throws IllegalStateException when the bytes are no JSON object, which means that somebody changed them
     */
    public static JsonObject object(byte[] canonical) {
        try (JsonParser parser = FACTORY.createParser(canonical)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalStateException("stored bytes are not a JSON object");
            }
            return new JsonObject(readObject(parser));
        } catch (IOException e) {
            throw new UncheckedIOException("stored bytes are not JSON", e);
        }
    }

    private static Map<String, Object> readObject(JsonParser parser) throws IOException {
        Map<String, Object> members = new TreeMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            putValue(members, name, read(parser));
        }
        return members;
    }

    @SuppressWarnings("NullAway") // JSON null stands in the map as null; readers ask by name and get null either way.
    private static void putValue(Map<String, Object> members, String name, @Nullable Object value) {
        members.put(name, value);
    }

    private static @Nullable Object read(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> readObject(parser);
            case START_ARRAY -> readArray(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> new BigDecimal(parser.getText());
            case VALUE_NULL -> null;
            default -> throw new IllegalStateException("stored bytes end too early");
        };
    }

    /** A decimal of up to 21 digits is written without a point: past 2^53 it is read as the decimal that it was. */
    private static Object integer(JsonParser parser) throws IOException {
        BigDecimal value = new BigDecimal(parser.getText());
        return value.abs().compareTo(MAX_SAFE_INTEGER) <= 0 ? (Object) value.longValueExact() : value;
    }

    @SuppressWarnings("NullAway") // as above
    private static List<Object> readArray(JsonParser parser) throws IOException {
        List<Object> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(read(parser));
        }
        return items;
    }
}
