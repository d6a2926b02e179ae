package io.leeway.console;

import io.leeway.policy.diff.CellChange;
import io.quarkus.qute.TemplateExtension;
import java.util.Locale;

/** What pages say of what a version changes. */
@TemplateExtension
final class DiffWords {
    private DiffWords() {}

    static String label(CellChange.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
