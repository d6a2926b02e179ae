package io.leeway.policy.table;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a column may be: its type, and for actions and metadata the one snippet that is allowed. */
enum ColumnKind {
    NAME("NAME", ""),
    CONDITION("CONDITION", ""),
    GRANT("ACTION", "verdict.grant(\"$param\");"),
    REQUIRE("ACTION", "verdict.require(\"$param\");"),
    BECAUSE("ACTION", "verdict.because(\"$param\");"),
    APPROVERS("ACTION", "verdict.approvers(\"$1\", $2);"),
    OBLIGE("ACTION", "verdict.oblige(\"$1\", \"$2\");"),
    EXPIRES("ACTION", "verdict.expires(\"$param\");"),
    OWNER("METADATA", "owner($param)"),
    REGULATION("METADATA", "regulation($param)"),
    TICKET("METADATA", "ticket($param)"),
    DESCRIPTION("DESCRIPTION", ""),
    FIRST_DAY("DATE-EFFECTIVE", ""),
    LAST_DAY("DATE-EXPIRES", ""),
    /** Something is wrong with the column, and has been reported. */
    BROKEN("", "");

    private final String type;
    private final String snippet;

    ColumnKind(String type, String snippet) {
        this.type = type;
        this.snippet = snippet;
    }

    String type() {
        return type;
    }

    String snippet() {
        return snippet;
    }

    /** Whether a table may have several columns of this kind. */
    boolean isRepeatable() {
        return this == CONDITION || this == OBLIGE || this == DESCRIPTION || this == BROKEN;
    }

    static List<String> types() {
        return Arrays.stream(values())
                .map(ColumnKind::type)
                .filter(it -> !it.isEmpty())
                .distinct()
                .toList();
    }

    /** Those of a type. */
    static List<ColumnKind> of(String type) {
        return Arrays.stream(values()).filter(it -> it.type.equals(type)).toList();
    }

    /** The one of a type with that snippet, spaces aside; null when there is none. */
    static @Nullable ColumnKind of(String type, String snippet) {
        return of(type).stream()
                .filter(it -> plain(it.snippet).equals(plain(snippet)))
                .findFirst()
                .orElse(null);
    }

    private static String plain(String snippet) {
        return snippet.replaceAll("\\s+", "");
    }
}
