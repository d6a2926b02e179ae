package io.leeway.policy.diff;

import io.leeway.policy.PolicyTables;
import io.leeway.policy.Row;
import io.leeway.policy.analysis.Comparison;
import io.leeway.policy.analysis.Comparison.Difference;
import io.leeway.policy.analysis.Comparison.Meaning;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the change of one table means: whether rows of it give somebody more leeway, or less. Titles name a table in a file.
 *
 * @param table its title
 */
public record TableMeaning(String table, String file, Meaning meaning) {
    private record Title(String file, String table) {
        static Title of(Row row) {
            return new Title(row.file(), row.table());
        }
    }

    /** For each table, those of the new version first; a table of which no difference names a row is equal. */
    static List<TableMeaning> of(Comparison comparison, PolicyTables before, PolicyTables after) {
        Set<Title> looser = named(comparison.looser());
        Set<Title> tighter = named(comparison.tighter());
        Set<Title> all = Stream.of(after.rows(), before.rows())
                .flatMap(Collection::stream)
                .map(Title::of)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return all.stream()
                .map(it -> new TableMeaning(
                        it.table(),
                        it.file(),
                        comparison.meaning() == Meaning.UNPROVEN
                                ? Meaning.UNPROVEN
                                : Meaning.of(looser.contains(it), tighter.contains(it))))
                .toList();
    }

    private static Set<Title> named(List<Difference> differences) {
        return differences.stream()
                .flatMap(it -> it.rows().stream())
                .map(Title::of)
                .collect(Collectors.toSet());
    }
}
