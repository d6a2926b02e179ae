package io.leeway.api.json;

import io.leeway.model.Refusal;
import io.leeway.model.Violation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The faults of one body, gathered so that its sender sees all of them at once. */
public final class Faults {
    /** How many are listed; a body of 256 KiB could hold many thousands. */
    public static final int LISTED = 100;

    private final List<Violation> listed = new ArrayList<>(0);
    private int found;

    /** @param pointer JSON pointer (RFC 6901) to the value at fault */
    public void add(String pointer, String message) {
        found++;
        if (listed.size() < LISTED) {
            listed.add(violation(pointer, message));
        }
    }

    /** Whether all that were found are listed. */
    public boolean complete() {
        return found == listed.size();
    }

    /** A violation that can be sent whatever was received: half a character, which UTF-8 has no bytes for, is replaced. */
    static Violation violation(String pointer, String message) {
        return new Violation(sendable(pointer), sendable(message));
    }

    private static String sendable(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text)
                ? text
                : text.codePoints()
                        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? '\uFFFD' : c)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
    }

    /** Takes in what somebody else found. */
    public void addAll(List<Violation> violations) {
        violations.forEach(violation -> add(violation.pointer(), violation.message()));
    }

    public boolean isEmpty() {
        return found == 0;
    }

    public List<Violation> listed() {
        return List.copyOf(listed);
    }

    /**
     * Nothing when there is no fault.
     *
     * @param subject what was read, as it begins a sentence: {@code The proposal}
     * @throws Refusal of kind {@code INVALID} with all of them
     */
    public void refuse(String code, String subject) {
        if (found > 0) {
            throw new Refusal(
                    Refusal.Kind.INVALID, code, subject + " breaks the contract in " + count() + ".", listed());
        }
    }

    /** {@code 1 place}, {@code 340 places (the first 100 are listed)}. */
    String count() {
        String places = found == 1 ? "1 place" : found + " places";
        return found > LISTED ? places + " (the first " + LISTED + " are listed)" : places;
    }
}
