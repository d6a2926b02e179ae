package io.leeway.policy.release;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.leeway.policy.PolicyFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The shipped policy with mistakes made in it that leave it able to decide: versions that differ by a cell or a row. */
public final class MutatedPolicies {
    /** The day on which they are checked. */
    public static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

    private static final Set<String> KINDS = Set.of("limit moved", "row deleted", "mode flipped");

    private MutatedPolicies() {}

    /** The files of that many versions: the shipped ones first, then each with another mistake. */
    public static List<List<PolicyFile>> versions(int number) throws IOException {
        List<PolicyFile> shipped = PolicyDirectory.read(List.of(Path.of("decision-tables"), Path.of("rules")));
        List<List<PolicyFile>> versions = new ArrayList<>(List.of(shipped));
        List<Mutation> telling = mutations().stream()
                .filter(it -> KINDS.contains(it.kind()) && it.missed() == null)
                .toList();
        for (int i = 0; i < telling.size() && versions.size() < number; i++) {
            // Those of one kind stand together: taken from all over the list.
            List<PolicyFile> files = telling.get(i * 7 % telling.size()).in(shipped);
            if (PolicyLoader.build("mutated", files, TODAY).policy() != null) {
                versions.add(files);
            }
        }
        if (versions.size() < number) {
            throw new AssertionError("there are only " + versions.size() + " versions");
        }
        return versions;
    }

    private static List<Mutation> mutations() throws IOException {
        try (InputStream yaml = MutatedPolicies.class.getResourceAsStream("/cases/mutations.yaml")) {
            return new ObjectMapper(new YAMLFactory()).readValue(yaml, new TypeReference<List<Mutation>>() {});
        }
    }
}
