package io.leeway.policy.diff;

import io.leeway.policy.PolicyFile;
import io.leeway.policy.diff.CellChange.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Files that are new or gone, and DRL files whose lines differ, of which only the number is said. */
final class FileChanges {
    private FileChanges() {}

    static List<CellChange> of(List<PolicyFile> before, List<PolicyFile> after) {
        Map<String, PolicyFile> were = byName(before);
        List<CellChange> changes = new ArrayList<>();
        byName(after).forEach((name, file) -> {
            PolicyFile was = were.remove(name);
            if (was == null) {
                changes.add(file(Kind.ADDED, name, null, null));
            } else if (file.isDrl() && !Arrays.equals(was.bytes(), file.bytes())) {
                changes.add(rules(name, LineCount.of(lines(was), lines(file))));
            }
        });
        were.keySet().forEach(name -> changes.add(file(Kind.REMOVED, name, null, null)));
        return changes;
    }

    private static Map<String, PolicyFile> byName(List<PolicyFile> files) {
        Map<String, PolicyFile> byName = new TreeMap<>();
        files.forEach(file -> byName.put(file.name(), file));
        return byName;
    }

    private static List<String> lines(PolicyFile file) {
        return new String(file.bytes(), StandardCharsets.UTF_8).lines().toList();
    }

    private static CellChange rules(String name, LineCount count) {
        return count.removed() + count.added() == 0
                ? file(Kind.CHANGED, name, null, "the same lines, ended otherwise")
                : file(Kind.CHANGED, name, words(count.removed(), "removed"), words(count.added(), "added"));
    }

    private static @Nullable String words(int lines, String what) {
        return lines == 0 ? null : lines + (lines == 1 ? " line " : " lines ") + what;
    }

    private static CellChange file(Kind kind, String name, @Nullable String from, @Nullable String to) {
        return new CellChange(kind, name, null, null, null, null, from, to, List.of());
    }
}
