package io.leeway.policy;

import io.leeway.model.Proposal;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a path of the vocabulary is called, what it means and how it is read.
 *
 * @param parameters empty for a path without arguments
 * @param reader makes the reading function, once
 */
record PathDefinition(
        String name,
        PathType type,
        String unit,
        String meaning,
        Limits limits,
        List<Parameter> parameters,
        Reader reader) {

    /** Makes the function that reads the path. */
    interface Reader {
        /**
         * @param arguments one for each parameter
         * @param scope whose data may be asked for while a proposal is read, not before
         */
        Function<Proposal, @Nullable Object> of(List<String> arguments, PathScope scope);
    }

    /** What an argument is. */
    enum Kind {
        NAME,
        DURATION,
        CURRENCY,
        CALENDAR,
        /** Whose activity. */
        SCOPE,
        /** Whose activity, where several agents can share it. */
        SHARED_SCOPE,
        /** How far back activity is asked for. */
        WINDOW,
        /** Comes last, and may be left out: then it is the sheet's. */
        ZONE
    }

    /** A parameter, and an argument that suits it, which stands for it in the documentation. */
    record Parameter(String example, Kind kind) {}

    /** The values that make sense as a limit; null for no bound. */
    record Limits(
            @Nullable BigDecimal lowest,
            @Nullable BigDecimal highest,
            @Nullable Pattern words) {
        static final Limits ANY = new Limits(null, null, null);
        static final Limits NOT_NEGATIVE = new Limits(BigDecimal.ZERO, null, null);
        static final Limits FRACTION = new Limits(BigDecimal.ZERO, BigDecimal.ONE, null);
        /** Hours of a day. */
        static final Limits DAY = new Limits(BigDecimal.ZERO, BigDecimal.valueOf(24), null);
        /** One value: no list, no spaces. */
        static final Limits WORD = words("[^,\\s]+");

        static Limits words(String pattern) {
            return new Limits(null, null, Pattern.compile(pattern));
        }
    }

    /** Whether the last argument is a time zone. */
    boolean isZoned() {
        return !parameters.isEmpty() && parameters.get(parameters.size() - 1).kind() == Kind.ZONE;
    }

    /** The fewest arguments. */
    int least() {
        return parameters.size() - (isZoned() ? 1 : 0);
    }

    /** As the documentation spells it, {@code evidence.staleAfter("name", "PT15M")}. */
    String template() {
        return call(
                parameters.subList(0, least()).stream().map(Parameter::example).toList());
    }

    /** The canonical spelling with these arguments. */
    String call(List<String> arguments) {
        return arguments.isEmpty()
                ? name
                : arguments.stream().collect(Collectors.joining("\", \"", name + "(\"", "\")"));
    }
}
