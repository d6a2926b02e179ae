package io.leeway.console;

import io.leeway.evidence.ReplayResult;
import io.leeway.model.RuleSource;
import io.quarkus.qute.TemplateExtension;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What pages say of a replay. */
@TemplateExtension
final class ReplayWords {
    private ReplayWords() {}

    /** What causes a change: {@code `LIM-07` (billing.xlsx › Limits › A12:F12)}. */
    static String causes(ReplayResult.Change change) {
        return change.rules().stream()
                .map(rule -> "`" + rule.rule() + "`" + place(rule.source()))
                .collect(Collectors.joining(", "));
    }

    private static String place(@Nullable RuleSource source) {
        return source == null
                ? ""
                : Stream.of(source.file(), source.sheet(), source.range())
                        .flatMap(Stream::ofNullable)
                        .collect(Collectors.joining(" › ", " (", ")"));
    }

    static String amounts(ReplayResult.Change change) {
        return ReplayView.money(change.money());
    }
}
