package io.leeway.policy;

import io.leeway.model.ActivityQuery.Scope;
import io.leeway.policy.PathDefinition.Kind;
import io.leeway.policy.Vocabulary.Reason;
import io.leeway.policy.Vocabulary.Refused;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether what stands between the brackets of a path is what its parameters ask for. */
final class PathArguments {
    private PathArguments() {}

    /** Why an argument of a path is refused, null when it is right. */
    static @Nullable Refused refused(String name, Kind kind, String argument, PathScope scope) {
        if (argument.isBlank() || argument.indexOf('"') >= 0) {
            return new Refused(Reason.WRONG_ARGUMENTS, "an argument of `" + name + "` is blank, or has a quote inside");
        }
        return switch (kind) {
            case NAME -> null;
            case DURATION ->
                IsoDuration.parse(argument) != null
                        ? null
                        : new Refused(
                                Reason.BAD_DURATION, "`" + argument + "` is not a duration such as `PT15M` or `P2D`");
            case CURRENCY ->
                argument.matches("[A-Z]{3}")
                        ? null
                        : new Refused(
                                Reason.WRONG_ARGUMENTS,
                                "`" + argument + "` is not a currency of three capital letters such as `EUR`");
            case ZONE ->
                ZoneId.getAvailableZoneIds().contains(argument)
                        ? null
                        : new Refused(
                                Reason.WRONG_ARGUMENTS,
                                "`" + argument + "` is no time zone such as `Europe/Berlin` or `UTC`"
                                        + Suggestion.didYouMean(argument, ZoneId.getAvailableZoneIds()));
            case CALENDAR -> calendar(argument, scope.data());
            case SCOPE -> scope(argument, Stream.of(Scope.values()).toList());
            case SHARED_SCOPE ->
                scope(
                        argument,
                        Stream.of(Scope.values()).filter(Scope::isShared).toList());
            case WINDOW -> {
                String fault = ActivityPaths.windowFault(argument);
                yield fault == null ? null : new Refused(Reason.BAD_DURATION, fault);
            }
        };
    }

    private static @Nullable Refused scope(String word, List<Scope> allowed) {
        if (Scope.of(word).filter(allowed::contains).isPresent()) {
            return null;
        }
        return new Refused(
                Reason.WRONG_ARGUMENTS,
                "`" + word + "` is no scope that can be asked for here, write one of "
                        + ActivityPaths.words(allowed.stream())
                        + Suggestion.didYouMean(
                                word, allowed.stream().map(Scope::word).toList()));
    }

    private static @Nullable Refused calendar(String name, @Nullable ReferenceData data) {
        if (data == null || data.calendars().names().contains(name)) {
            return null;
        }
        return new Refused(
                Reason.UNKNOWN_CALENDAR,
                "unknown calendar `" + name + "`"
                        + Suggestion.didYouMean(name, data.calendars().names()));
    }
}
