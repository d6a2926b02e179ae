package io.leeway.api.rest;

import io.leeway.api.json.BodyReader;
import io.leeway.api.json.Faults;
import io.leeway.api.json.Members;
import io.leeway.api.json.Text;
import io.leeway.control.NewStop;
import io.leeway.control.StopScope;
import io.leeway.model.StopLevel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What is sent about stops, read. Every method refuses with {@code INVALID_STOP} and every fault. */
final class StopBodies {
    private static final String INVALID = "INVALID_STOP";
    /** Long enough to be told by {@link StopScope} what is wrong with it. */
    private static final Text ANY_TEXT = new Text(0, 2000, false);

    private StopBodies() {}

    /** @param first what is to go before the rest; null for all of it */
    record NewRelease(@Nullable StopScope first, String reason) {}

    static NewStop stop(byte[] body) {
        return BodyReader.read(body, INVALID, "The stop", StopBodies::stop);
    }

    static NewRelease release(byte[] body) {
        return BodyReader.read(body, INVALID, "The release", (members, faults) -> {
            String reason = members.text("reason", Text.REASON);
            return new NewRelease(members.present("first") ? scope(members, "first", faults) : null, reason);
        });
    }

    /** The agent that somebody speaks for. */
    static String acknowledgement(byte[] body) {
        return BodyReader.read(
                body, INVALID, "The acknowledgement", (members, faults) -> members.text("agent", Text.NAME));
    }

    private static @Nullable NewStop stop(Members body, Faults faults) {
        String reason = body.text("reason", Text.REASON);
        StopLevel level = body.parsed("level", StopBodies::level, "HALT or APPROVE_ALL");
        boolean drill = Boolean.TRUE.equals(body.flag("drill"));
        StopScope scope = body.required("scope") ? scope(body, "scope", faults) : null;
        return scope == null ? null : new NewStop(scope, level == null ? StopLevel.HALT : level, drill, reason);
    }

    private static @Nullable StopLevel level(String text) {
        return Arrays.stream(StopLevel.values())
                .filter(level -> level.name().equals(text))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable StopScope scope(Members body, String name, Faults faults) {
        String pointer = "/" + name;
        Faults inScope = new Faults();
        Members sent = Members.of(body.value(name), pointer, inScope);
        String kind = sent.text("kind", ANY_TEXT, "");
        String value = sent.text("value", ANY_TEXT, "");
        if (inScope.isEmpty()) {
            inScope.addAll(StopScope.violations(pointer, kind, value));
        }
        StopScope scope = inScope.isEmpty() ? StopScope.of(kind, value) : null;
        sent.nothingElse();
        faults.addAll(inScope.listed());
        return scope;
    }
}
