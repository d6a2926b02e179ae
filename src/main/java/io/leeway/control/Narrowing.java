package io.leeway.control;

import io.leeway.ledger.JsonObject;
import io.leeway.ledger.JsonReader;
import io.leeway.ledger.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a stop that is let go before the rest.
 *
 * @param scope what of the stop's scope goes first
 * @param request the first person's
 * @param release the second person's; null while the part is still held
 */
public record Narrowing(StopScope scope, Stop.Consent request, Stop.@Nullable Consent release) {
    private static final String MEMBER = "narrowings";

    public boolean isReleased() {
        return release != null;
    }

    /** As the table holds them. */
    static String write(List<Narrowing> narrowings) {
        JsonWriter out = JsonWriter.canonical(256).beginObject();
        out.name(MEMBER).beginArray();
        for (Narrowing narrowing : narrowings) {
            out.beginObject().member("kind", narrowing.scope().kind().wire());
            if (narrowing.release() != null) {
                consent(out.name("release"), narrowing.release());
            }
            consent(out.name("request"), narrowing.request());
            out.member("value", narrowing.scope().value()).endObject();
        }
        return new String(out.endArray().endObject().toBytes(), StandardCharsets.UTF_8);
    }

    private static void consent(JsonWriter out, Stop.Consent consent) {
        out.beginObject().name("at").value(consent.at());
        out.member("by", consent.by()).member("reason", consent.reason()).endObject();
    }

    /** @throws IllegalStateException when the text is not what {@link #write} gave */
    static List<Narrowing> read(String json) {
        return JsonReader.object(json.getBytes(StandardCharsets.UTF_8)).objects(MEMBER, Narrowing::read);
    }

    private static Narrowing read(JsonObject json) {
        JsonObject release = json.optionalObject("release");
        return new Narrowing(
                StopScope.of(json.text("kind"), json.text("value")),
                consent(json.object("request")),
                release == null ? null : consent(release));
    }

    private static Stop.Consent consent(JsonObject json) {
        return new Stop.Consent(json.text("by"), json.time("at"), json.text("reason"));
    }
}
