package io.leeway.security;

import static io.leeway.security.Role.ADMIN;
import static io.leeway.security.Role.AGENT;
import static io.leeway.security.Role.APPROVER;
import static io.leeway.security.Role.COMPLIANCE;
import static io.leeway.security.Role.OPERATOR;
import static io.leeway.security.Role.POLICY_APPROVER;
import static io.leeway.security.Role.POLICY_AUTHOR;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The one permission table. What has no line here is denied to everybody. */
public final class Permissions {
    private static final List<Line> TABLE = List.of(
            //
            // Agent platforms
            line("POST", "/v1/decisions", AGENT),
            line("POST", "/v1/decisions/batch", AGENT),
            line("GET", "/v1/decisions", AGENT, POLICY_AUTHOR, POLICY_APPROVER, OPERATOR, COMPLIANCE),
            line("GET", "/v1/decisions/{id}", AGENT, POLICY_AUTHOR, POLICY_APPROVER, OPERATOR, COMPLIANCE),
            line("GET", "/v1/decisions/{id}/explanation", AGENT, POLICY_AUTHOR, POLICY_APPROVER, OPERATOR, COMPLIANCE),
            line("POST", "/v1/decisions/{id}/reexecution", COMPLIANCE),
            line("GET", "/v1/traces/{id}", AGENT, POLICY_AUTHOR, POLICY_APPROVER, OPERATOR, COMPLIANCE),
            line(
                    "GET",
                    "/v1/subjects/{type}/{id}/timeline",
                    AGENT,
                    POLICY_AUTHOR,
                    POLICY_APPROVER,
                    OPERATOR,
                    COMPLIANCE),
            line("POST", "/v1/permits/{id}/consumption", AGENT),
            line("GET", "/v1/events", AGENT, OPERATOR, COMPLIANCE),
            line("POST", "/v1/simulations", AGENT, POLICY_AUTHOR, POLICY_APPROVER),
            line("GET", "/v1/vocabulary", AGENT, APPROVER, POLICY_AUTHOR, POLICY_APPROVER, OPERATOR, COMPLIANCE),
            //
            // Policy versions
            line("POST", "/v1/policies", POLICY_AUTHOR),
            line("GET", "/v1/policies", POLICY_AUTHOR, POLICY_APPROVER, COMPLIANCE),
            line("GET", "/v1/policies/{version}", POLICY_AUTHOR, POLICY_APPROVER, COMPLIANCE),
            line("GET", "/v1/policies/{version}/diff", POLICY_AUTHOR, POLICY_APPROVER, COMPLIANCE),
            line("GET", "/v1/policies/{version}/findings", POLICY_AUTHOR, POLICY_APPROVER, COMPLIANCE),
            line("GET", "/v1/policies/{version}/workbooks/{file}", POLICY_AUTHOR, POLICY_APPROVER, COMPLIANCE),
            line("POST", "/v1/policies/{version}/replay", POLICY_AUTHOR, POLICY_APPROVER, COMPLIANCE),
            line("GET", "/v1/policies/{version}/replays/{id}", POLICY_AUTHOR, POLICY_APPROVER, COMPLIANCE),
            line("DELETE", "/v1/policies/{version}/replays/{id}", POLICY_AUTHOR, POLICY_APPROVER, COMPLIANCE),
            line("POST", "/v1/policies/{version}/approve", POLICY_APPROVER),
            line("POST", "/v1/policies/{version}/activate", POLICY_APPROVER),
            line("GET", "/v1/policies/{version}/shadow", POLICY_AUTHOR, POLICY_APPROVER, COMPLIANCE),
            line("POST", "/v1/policies/{version}/shadow", POLICY_APPROVER),
            line("DELETE", "/v1/policies/{version}/shadow", POLICY_APPROVER),
            line("POST", "/v1/policies/rollback", POLICY_APPROVER),
            //
            // What people set
            line("GET", "/v1/stops", OPERATOR, COMPLIANCE),
            line("POST", "/v1/stops", OPERATOR),
            line("GET", "/v1/stops/{id}", OPERATOR, COMPLIANCE),
            line("POST", "/v1/stops/{id}/release", OPERATOR),
            line("POST", "/v1/stops/{id}/acknowledgement", AGENT),
            line("GET", "/v1/stages", OPERATOR, COMPLIANCE),
            line("GET", "/v1/stages/{agent}/{action}", OPERATOR, COMPLIANCE),
            line("PUT", "/v1/stages/{agent}/{action}", OPERATOR),
            line("GET", "/v1/stages/proposals", OPERATOR, COMPLIANCE),
            line("POST", "/v1/stages/proposals", OPERATOR),
            line("POST", "/v1/stages/proposals/{id}/accept", OPERATOR),
            //
            // Administration
            line("POST", "/v1/keys", ADMIN),
            line("GET", "/v1/keys", ADMIN, OPERATOR, COMPLIANCE),
            line("DELETE", "/v1/keys/{id}", ADMIN),
            line("GET", "/v1/keys/{id}/enforcement", ADMIN, OPERATOR, COMPLIANCE),
            line("PUT", "/v1/keys/{id}/enforcement", OPERATOR),
            //
            // Reports
            line("GET", "/v1/reports/observed", POLICY_AUTHOR, POLICY_APPROVER, OPERATOR, COMPLIANCE));

    private static final Map<Endpoint, Set<Role>> ROLES =
            TABLE.stream().collect(Collectors.toUnmodifiableMap(Line::endpoint, Line::roles));

    private Permissions() {}

    /** The roles of which one is enough; none when the endpoint has no line. */
    public static Set<Role> rolesFor(Endpoint endpoint) {
        return ROLES.getOrDefault(endpoint, Set.of());
    }

    /** Whether somebody with these roles may call it. */
    public static boolean allows(Set<Role> roles, Endpoint endpoint) {
        return !Collections.disjoint(roles, rolesFor(endpoint));
    }

    /** Every endpoint that has a line. */
    public static Set<Endpoint> endpoints() {
        return ROLES.keySet();
    }

    private static Line line(String method, String template, Role... roles) {
        return new Line(new Endpoint(method, template), Set.of(roles));
    }

    private record Line(Endpoint endpoint, Set<Role> roles) {}
}
