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
 * @param reader makes the reading function from the arguments, once
 */
record PathDefinition(
        String name,
        PathType type,
        String unit,
        String meaning,
        Limits limits,
        List<Parameter> parameters,
        Function<List<String>, Function<Proposal, @Nullable Object>> reader) {

    /** A parameter: what stands for it in the documentation, and whether it is a duration. */
    record Parameter(String example, boolean duration) {}

    /** The values that make sense as a limit; null for no bound. */
    record Limits(
            @Nullable BigDecimal lowest,
            @Nullable BigDecimal highest,
            @Nullable Pattern words) {
        static final Limits ANY = new Limits(null, null, null);
        static final Limits NOT_NEGATIVE = new Limits(BigDecimal.ZERO, null, null);
        static final Limits FRACTION = new Limits(BigDecimal.ZERO, BigDecimal.ONE, null);
        /** One value: no list, no spaces. */
        static final Limits WORD = words("[^,\\s]+");

        static Limits words(String pattern) {
            return new Limits(null, null, Pattern.compile(pattern));
        }
    }

    /** As the documentation spells it, {@code evidence.staleAfter("name", "PT15M")}. */
    String template() {
        return call(parameters.stream().map(Parameter::example).toList());
    }

    /** The canonical spelling with these arguments. */
    String call(List<String> arguments) {
        return arguments.isEmpty()
                ? name
                : arguments.stream().collect(Collectors.joining("\", \"", name + "(\"", "\")"));
    }
}
