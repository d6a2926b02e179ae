package io.leeway.policy.release;

import io.leeway.model.Refusal;
import io.leeway.model.Violation;
import io.leeway.policy.PolicyFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What somebody wants to change about the active version.
 *
 * @param files that are new, or take the place of those of the same name
 * @param removed names of files that are to go
 */
public record Upload(List<PolicyFile> files, List<String> removed) {
    /** A version has no more files. */
    public static final int MOST_FILES = 100;

    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N} ._()+,@-]{0,119}");

    public Upload {
        files = List.copyOf(files);
        removed = List.copyOf(removed);
    }

    /**
     * The files of the version that comes of it, by name.
     *
     * @param base of the active version; none when nothing is active
     * @param drlAllowed whether rules in DRL, which are code, may come this way
     * @throws Refusal {@code INVALID_POLICY} with everything that is wrong with the upload as such; what is wrong inside the
     *     files is for the check to find
     */
    List<PolicyFile> onTopOf(List<PolicyFile> base, boolean drlAllowed) {
        Map<String, PolicyFile> all = new TreeMap<>();
        base.forEach(file -> all.put(file.name(), file));
        List<Violation> violations = new ArrayList<>(faults(all.keySet(), drlAllowed));
        removed.forEach(all::remove);
        files.forEach(file -> all.put(file.name(), file));
        if (all.size() > MOST_FILES) {
            violations.add(new Violation(
                    "/file", "makes a version of " + all.size() + " files, at most " + MOST_FILES + " are allowed"));
        }
        List<PolicyFile> result = List.copyOf(all.values());
        if (violations.isEmpty() && PolicyFile.digestOf(result).equals(PolicyFile.digestOf(base))) {
            violations.add(new Violation("/file", "changes nothing: the active version has exactly these files"));
        }
        if (!violations.isEmpty()) {
            throw new Refusal(
                    Refusal.Kind.INVALID, "INVALID_POLICY", "The upload cannot become a policy version.", violations);
        }
        return result;
    }

    private List<Violation> faults(Set<String> present, boolean drlAllowed) {
        List<Violation> violations = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < files.size(); i++) {
            PolicyFile file = files.get(i);
            String pointer = "/file/" + i;
            if (!NAME.matcher(file.name()).matches()) {
                violations.add(
                        new Violation(
                                pointer,
                                "has a name that is not 1 to 120 letters, digits, blanks or any of `._()+,@-`, first a letter or digit"));
            } else if (!file.isWorkbook() && !file.isCsv() && !file.isDrl()) {
                violations.add(new Violation(pointer, "`" + file.name() + "` is no .xlsx, .csv or .drl file"));
            } else if (file.isDrl() && !drlAllowed) {
                violations.add(new Violation(
                        pointer,
                        "`" + file.name()
                                + "` is code: DRL comes from the installation's directory, unless its operator"
                                + " sets LEEWAY_POLICY_DRL_UPLOAD"));
            }
            if (!seen.add(file.name())) {
                violations.add(new Violation(pointer, "`" + file.name() + "` is there twice"));
            }
            if (removed.contains(file.name())) {
                violations.add(new Violation(pointer, "`" + file.name() + "` is also to be removed"));
            }
        }
        for (int i = 0; i < removed.size(); i++) {
            String name = removed.get(i);
            if (!present.contains(name)) {
                violations.add(new Violation("/remove/" + i, "the active version has no file of that name"));
            } else if (name.toLowerCase(Locale.ROOT).endsWith(".drl") && !drlAllowed) {
                violations.add(new Violation("/remove/" + i, "DRL is changed in the installation's directory only"));
            }
        }
        if (files.isEmpty() && removed.isEmpty()) {
            violations.add(new Violation("/file", "is missing: send at least one file, or `remove`"));
        }
        return violations;
    }
}
