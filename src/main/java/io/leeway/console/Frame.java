package io.leeway.console;

import io.leeway.security.Endpoint;
import io.leeway.security.Principal;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is around every page.
 *
 * @param section which of the {@link #links} the page belongs to, {@code ""} for none
 * @param reader null for a stranger
 */
record Frame(String title, String section, @Nullable Principal reader) {
    static final String DECISIONS = "Decisions";
    static final String POLICIES = "Policies";
    static final String STOPS = "Stops";
    static final String OBSERVED = "Observed";

    private static final List<Link> LINKS = List.of(
            new Link(DECISIONS, "/console/decisions", new Endpoint("GET", "/v1/decisions")),
            new Link(POLICIES, "/console/policies", new Endpoint("GET", "/v1/policies")),
            new Link(STOPS, "/console/stops", new Endpoint("GET", "/v1/stops")),
            new Link(OBSERVED, "/console/observed", new Endpoint("GET", "/v1/reports/observed")));

    /** A part of the console. */
    record Link(String label, String path, Endpoint needs) {}

    /** The parts that are open to the reader. */
    public List<Link> links() {
        return links(reader);
    }

    static List<Link> links(@Nullable Principal reader) {
        return reader == null
                ? List.of()
                : LINKS.stream().filter(link -> reader.may(link.needs())).toList();
    }

    /** The name that his deeds have in the ledger. */
    public String name() {
        return reader == null ? "" : reader.actor().subject();
    }

    /** His roles as they are spelled everywhere. */
    public String roles() {
        return reader == null
                ? ""
                : String.join(", ", roleNames(reader).sorted().toList());
    }

    private static Stream<String> roleNames(Principal reader) {
        return reader.roles().stream().map(role -> role.wire());
    }
}
