package io.leeway.api.json;

import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Bodies other than proposals: small objects, read as strictly. */
public final class BodyReader {
    private BodyReader() {}

    /**
     * Reads one object.
     *
     * @param code of the refusal when it is at fault
     * @param subject what is read, as it begins a sentence: {@code The stop}
     * @param reader asks for every member there may be; what it gives is used only when there was no fault
     * @throws io.leeway.model.Refusal with every fault
     */
    public static <T> T read(
            byte[] body, String code, String subject, BiFunction<Members, Faults, @Nullable T> reader) {
        Faults faults = new Faults();
        Members members = Members.of(StrictJson.read(body).sound(), "", faults);
        T read = reader.apply(members, faults);
        members.nothingElse();
        faults.refuse(code, subject);
        if (read == null) {
            throw new IllegalStateException(subject + " has no fault and was not read");
        }
        return read;
    }
}
