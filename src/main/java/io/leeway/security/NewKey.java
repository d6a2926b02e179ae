package io.leeway.security;

import io.leeway.model.PlainText;
import io.leeway.model.Refusal;
import io.leeway.model.Violation;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A key to be made.
 *
 * @param life more than nothing, at most {@link #MAX_LIFE}
 */
public record NewKey(String name, Set<Role> roles, List<String> groups, List<String> agents, Duration life) {
    /** The longest life of a key, and the one it has when nothing else is said. */
    public static final Duration MAX_LIFE = Duration.ofDays(365);

    private static final int MAX_NAME = 200;
    private static final int MAX_ITEMS = 200;
    /** The installation acts in the ledger under this name; no key may pass for it. */
    private static final String RESERVED = "installation";

    public NewKey {
        roles = Set.copyOf(roles);
        groups = groups.stream().distinct().sorted().toList();
        agents = agents.stream().distinct().sorted().toList();
    }

    /**
     * A key as it was asked for.
     *
     * @param roles wire names
     * @param expiresIn ISO 8601 duration of days and time, {@code P30D}; null for {@link #MAX_LIFE}
     * @throws Refusal {@code INVALID_KEY} with every fault at its JSON pointer
     */
    public static NewKey of(
            @Nullable String name,
            List<String> roles,
            List<String> groups,
            List<String> agents,
            @Nullable String expiresIn) {
        List<Violation> violations = new ArrayList<>();
        checkName(name, violations);
        Set<Role> known = checkRoles(roles, violations);
        checkNames("/groups", groups, violations);
        checkNames("/agents", agents, violations);
        if (!agents.isEmpty() && !known.contains(Role.AGENT)) {
            violations.add(new Violation("/agents", "bounds the role `agent`, which this key does not have"));
        }
        Duration life = checkLife(expiresIn, violations);
        if (name == null || !violations.isEmpty()) {
            throw new Refusal(Refusal.Kind.INVALID, "INVALID_KEY", "The key breaks the contract.", violations);
        }
        return new NewKey(name, known, groups, agents, life);
    }

    private static void checkName(@Nullable String name, List<Violation> violations) {
        String fault = PlainText.fault(name, MAX_NAME);
        if (fault == null && name != null) {
            if (!name.equals(name.strip())) {
                fault = "`" + name + "` begins or ends with a space: it would look like another name";
            } else if (name.equalsIgnoreCase(RESERVED)) {
                fault = "`" + name + "` is how the installation itself is named";
            }
        }
        if (fault != null) {
            violations.add(new Violation("/name", fault));
        }
    }

    private static Set<Role> checkRoles(List<String> roles, List<Violation> violations) {
        Set<Role> known = EnumSet.noneOf(Role.class);
        if (roles.isEmpty()) {
            violations.add(new Violation("/roles", "must name at least one of " + allowedRoles()));
        }
        for (int i = 0; i < roles.size() && i < MAX_ITEMS; i++) {
            String wire = roles.get(i);
            String pointer = "/roles/" + i;
            Role.of(wire)
                    .ifPresentOrElse(
                            known::add,
                            () -> violations.add(new Violation(
                                    pointer, "`" + wire + "` is no role; allowed are " + allowedRoles())));
        }
        Role.conflicts(known).forEach(conflict -> violations.add(new Violation("/roles", conflict)));
        return known;
    }

    private static String allowedRoles() {
        return Arrays.stream(Role.values()).map(role -> "`" + role.wire() + "`").collect(Collectors.joining(", "));
    }

    private static void checkNames(String pointer, List<String> names, List<Violation> violations) {
        if (names.size() > MAX_ITEMS) {
            violations.add(
                    new Violation(pointer, "has " + names.size() + " items, at most " + MAX_ITEMS + " are allowed"));
            return;
        }
        for (int i = 0; i < names.size(); i++) {
            String fault = PlainText.fault(names.get(i), MAX_NAME);
            if (fault != null) {
                violations.add(new Violation(pointer + "/" + i, fault));
            }
        }
    }

    private static Duration checkLife(@Nullable String expiresIn, List<Violation> violations) {
        if (expiresIn == null) {
            return MAX_LIFE;
        }
        Duration life;
        try {
            life = Duration.parse(expiresIn);
        } catch (DateTimeException e) {
            life = Duration.ZERO;
        }
        if (life.compareTo(Duration.ZERO) <= 0 || life.compareTo(MAX_LIFE) > 0) {
            violations.add(new Violation(
                    "/expiresIn",
                    "`" + expiresIn + "` is no ISO 8601 duration of more than nothing and at most `P365D`,"
                            + " such as `P30D` or `PT12H`"));
        }
        return life;
    }
}
