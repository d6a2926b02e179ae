package io.leeway.policy;

import io.leeway.policy.Vocabulary.Reason;
import io.leeway.policy.Vocabulary.Refused;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What one column of a {@code Tests} sheet gives: a path of the vocabulary, or one of the few facts that only tests spell
 * out ({@link #OWN}).
 *
 * @param text canonical spelling; equal text means equal input
 * @param name without arguments
 * @param path what rows ask for, null for a fact of {@link #OWN}
 */
public record TestInput(
        String text,
        String name,
        List<String> arguments,
        Kind kind,
        @Nullable Path path) {
    /** What a cell of the column holds. */
    public enum Kind {
        TEXT,
        NUMBER,
        FLAG,
        MOMENT
    }

    /** The moment of the decision; the day of the check at noon, UTC, when no column gives it. */
    public static final TestInput NOW = new TestInput("now", "now", List.of(), Kind.MOMENT, null);

    private static final String AGE = "evidence.ageSeconds";
    private static final String PRINCIPAL = "agent.onBehalfOf";

    /** The facts that no path of the vocabulary names, as headings spell them. */
    public static final List<String> OWN = List.of("now", AGE + "(\"name\")", PRINCIPAL);

    public TestInput {
        arguments = List.copyOf(arguments);
    }

    /** What became of a heading. */
    public sealed interface Lookup {}

    /** It gives something. */
    public record Found(TestInput input) implements Lookup {}

    /** It does not; the message says what was found and what is allowed. */
    public record Unknown(Reason reason, String message) implements Lookup {}

    /** The age in seconds of evidence of that name: present, dated, and of the schema that the action type asks for. */
    public static TestInput ageSeconds(String evidence) {
        return new TestInput(AGE + "(\"" + evidence + "\")", AGE, List.of(evidence), Kind.NUMBER, null);
    }

    /** The input that sets what the path reads. */
    public static TestInput of(Path path) {
        Vocabulary.Call call = Vocabulary.call(path.text());
        String name = call == null ? path.text() : call.name();
        List<String> arguments = call == null ? List.of() : call.arguments();
        return new TestInput(
                path.text(), name, arguments, Kind.valueOf(path.type().name()), path);
    }

    /** Looks up a heading, {@code action.amount} or {@code evidence.staleAfter("charge.record", "PT15M")}. */
    public static Lookup parse(String heading, PathScope scope) {
        TestInput own = own(Vocabulary.call(heading));
        if (own != null) {
            return new Found(own);
        }
        Vocabulary.Lookup lookup = Vocabulary.parse(heading, scope);
        if (lookup instanceof Refused refused) {
            String hint = refused.reason() == Reason.UNKNOWN_PATH ? Suggestion.didYouMean(heading, OWN) : "";
            boolean hinted = refused.message().contains("did you mean");
            return new Unknown(refused.reason(), refused.message() + (hinted ? "" : hint));
        }
        TestInput input = of(((Vocabulary.Found) lookup).path());
        return ProposalDraft.canGive(input.name())
                ? new Found(input)
                : new Unknown(
                        Reason.UNKNOWN_PATH,
                        "a test cannot give `" + input.text() + "`; it can give "
                                + String.join(", ", new TreeSet<>(ProposalDraft.NAMES)));
    }

    private static @Nullable TestInput own(Vocabulary.@Nullable Call call) {
        if (call == null) {
            return null;
        }
        boolean bare = call.arguments().isEmpty();
        return switch (call.name()) {
            case "now" -> bare ? NOW : null;
            case PRINCIPAL -> bare ? new TestInput(PRINCIPAL, PRINCIPAL, List.of(), Kind.TEXT, null) : null;
            case AGE ->
                call.arguments().size() == 1 && !call.arguments().get(0).isBlank()
                        ? ageSeconds(call.arguments().get(0))
                        : null;
            default -> null;
        };
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TestInput input && input.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
