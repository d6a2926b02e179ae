package io.leeway.testing;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;

/**
 * The rules of Leeway's architecture, for any root package: for {@code io.leeway} they must hold, and for a root with
 * classes that are wrong on purpose each must fail.
 */
final class Architecture {
    private static final List<String> FEATURES = List.of(
            "model",
            "ledger",
            "policy",
            "control",
            "activity",
            "decision",
            "oversight",
            "outcome",
            "recovery",
            "evidence",
            "security",
            "api",
            "console",
            "cli",
            "server");

    /** Which package may use which; a package always may use itself. */
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry("model", Set.of()),
            Map.entry("ledger", Set.of("model")),
            Map.entry("policy", Set.of("model", "ledger")),
            Map.entry("control", Set.of("model", "ledger")),
            Map.entry("activity", Set.of("model", "ledger")),
            Map.entry("decision", Set.of("model", "ledger", "policy", "control", "activity")),
            Map.entry("oversight", Set.of("model", "ledger", "control", "decision")),
            Map.entry("outcome", Set.of("model", "ledger", "control", "decision", "oversight")),
            Map.entry("recovery", Set.of("model", "ledger", "decision", "oversight", "outcome")),
            Map.entry("evidence", above("evidence")),
            Map.entry("security", Set.of("model", "ledger")),
            Map.entry("api", above("api")),
            Map.entry("console", without(above("console"), "api")),
            Map.entry("cli", without(above("cli"), "api", "console")),
            Map.entry("server", above("server")));

    /** Calls that make two runs of the same code differ. {@code System.nanoTime} measures and decides nothing. */
    private static final Set<String> UNREPEATABLE = Set.of(
            "java.time.Instant.now",
            "java.time.LocalDate.now",
            "java.time.LocalDateTime.now",
            "java.time.OffsetDateTime.now",
            "java.time.ZonedDateTime.now",
            "java.time.Clock.systemUTC",
            "java.time.Clock.systemDefaultZone",
            "java.lang.System.currentTimeMillis",
            "java.util.UUID.randomUUID",
            "java.lang.Math.random",
            "java.util.Date.<init>",
            "java.util.Random.<init>",
            "java.util.concurrent.ThreadLocalRandom.current",
            "java.security.SecureRandom.<init>");

    /**
     * Where they are needed: {@code server} and {@code cli} stand outside the decision; keys are secrets; the ledger draws
     * salts and ids; a failed request gets a number to be found by in the log, and a replay one to be asked for by; a session is
     * a secret too.
     */
    static final Set<String> UNREPEATABLE_ALLOWED = Set.of(
            "server",
            "cli",
            "security.ApiKeys",
            "ledger.Ledger",
            "evidence.Replays",
            "api.problem.ProblemMapping",
            "console.Sessions");

    private final String root;

    Architecture(String root) {
        this.root = root;
    }

    /** Every rule by name, in the order of reading. */
    Map<String, ArchRule> rules() {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        rules.put("package table", classes().should(useOnlyWhatTheTableNames()));
        rules.put("no cycles", slices().matching(root + ".(**)").should().beFreeOfCycles());
        rules.put(
                "rule engines stay in policy",
                only(List.of("policy"), "org.drools..", "org.kie..", "org.apache.poi..", "com.microsoft.z3.."));
        rules.put(
                "HTTP stays in api and console",
                only(List.of("api", "console"), "jakarta.ws.rs..", "org.jboss.resteasy..", "io.vertx.."));
        rules.put(
                "Jackson stays in api and cli",
                // The ledger reads back its own canonical bytes with the streaming parser alone.
                noClasses()
                        .that()
                        .resideOutsideOfPackages(root + ".api..", root + ".cli..")
                        .and(areNot(Set.of("ledger.JsonReader")))
                        .should()
                        .dependOnClassesThat(are(resideInAnyPackage("com.fasterxml.."))));
        rules.put("rows stay inside their package", rows());
        rules.put(
                "model is plain Java",
                classes()
                        .that()
                        .resideInAPackage(root + ".model..")
                        .should()
                        .onlyDependOnClassesThat()
                        .resideInAnyPackage("java..", "org.jspecify..", root + ".model.."));
        rules.put(
                "names say what a class is",
                noClasses()
                        .should()
                        .haveNameMatching(".*(Utils?|Helpers?|Manager|Impl|(?<!Rule)Base)(\\$.*)?")
                        .orShould()
                        .haveNameMatching(".*[.$](Base|Abstract)[A-Z][^.]*"));
        rules.put(
                "decisions are repeatable",
                classes().that(areNot(UNREPEATABLE_ALLOWED)).should(beRepeatable()));
        rules.put("packages are described and null-marked", classes().should(liveInANullMarkedPackage()));
        rules.put(
                "constructor injection",
                fields().should()
                        .notBeAnnotatedWith("jakarta.inject.Inject")
                        .andShould()
                        .notBeAnnotatedWith("org.eclipse.microprofile.config.inject.ConfigProperty"));
        return rules;
    }

    ArchRule repeatable(Set<String> exceptions) {
        return classes().that(areNot(exceptions)).should(beRepeatable());
    }

    private ArchCondition<JavaClass> useOnlyWhatTheTableNames() {
        return new ArchCondition<>("use only what the package table names") {
            @Override
            public void check(JavaClass origin, ConditionEvents events) {
                String from = feature(origin);
                Set<String> allowed = MAY_USE.get(from);
                if (allowed == null) {
                    events.add(SimpleConditionEvent.violated(
                            origin, origin.getName() + " is in package `" + from + "`, which the table does not have"));
                    return;
                }
                for (Dependency dependency : origin.getDirectDependenciesFromSelf()) {
                    JavaClass target = dependency.getTargetClass().getBaseComponentType();
                    if (isOurs(target) && !feature(target).equals(from) && !allowed.contains(feature(target))) {
                        events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
                    }
                }
            }
        };
    }

    private ArchRule only(List<String> features, String... libraries) {
        String[] homes =
                features.stream().map(feature -> root + "." + feature + "..").toArray(String[]::new);
        return noClasses()
                .that()
                .resideOutsideOfPackages(homes)
                .should()
                .dependOnClassesThat(are(resideInAnyPackage(libraries)));
    }

    private static ArchRule rows() {
        return classes()
                .that(new DescribedPredicate<>("use Hibernate, Panache or JPA") {
                    @Override
                    public boolean test(JavaClass origin) {
                        return origin.getDirectDependenciesFromSelf().stream()
                                .map(dependency -> dependency.getTargetClass().getPackageName())
                                .anyMatch(name -> name.startsWith("jakarta.persistence")
                                        || name.startsWith("org.hibernate")
                                        || name.startsWith("io.quarkus.hibernate")
                                        || name.startsWith("io.quarkus.panache"));
                    }
                })
                .should()
                .bePackagePrivate()
                .andShould()
                .haveNameMatching(".*Rows?(\\$.*)?");
    }

    private DescribedPredicate<JavaClass> areNot(Set<String> exceptions) {
        return new DescribedPredicate<>("are not one of " + new TreeSet<>(exceptions)) {
            @Override
            public boolean test(JavaClass candidate) {
                return exceptions.stream()
                        .map(exception -> root + "." + exception)
                        .noneMatch(exception -> candidate.getName().equals(exception)
                                || candidate.getName().startsWith(exception + "$")
                                || candidate.getPackageName().equals(exception));
            }
        };
    }

    private static ArchCondition<JavaClass> beRepeatable() {
        return new ArchCondition<>("read no clock and draw no chance") {
            @Override
            public void check(JavaClass origin, ConditionEvents events) {
                for (JavaCodeUnitAccess<?> access : origin.getCodeUnitAccessesFromSelf()) {
                    String called = access.getTargetOwner().getName() + "." + access.getName();
                    if (UNREPEATABLE.contains(called)) {
                        events.add(SimpleConditionEvent.violated(access, access.getDescription()));
                    }
                }
            }
        };
    }

    private static ArchCondition<JavaClass> liveInANullMarkedPackage() {
        return new ArchCondition<>("live in a package whose package-info.java has @NullMarked") {
            @Override
            public void check(JavaClass origin, ConditionEvents events) {
                // A package-info.java without annotations leaves no class, and JSpecify's is kept at run time.
                if (!origin.isAnonymousClass() && !origin.getPackage().isAnnotatedWith(NullMarked.class)) {
                    events.add(SimpleConditionEvent.violated(
                            origin,
                            origin.getName() + " is in " + origin.getPackageName() + ", which is not null-marked"));
                }
            }
        };
    }

    private boolean isOurs(JavaClass type) {
        return type.getPackageName().equals(root) || type.getPackageName().startsWith(root + ".");
    }

    /** The first part of a package's name below the root: sub-packages belong to their parent. */
    private String feature(JavaClass type) {
        String name = type.getPackageName();
        if (name.length() <= root.length()) {
            return "";
        }
        String below = name.substring(root.length() + 1);
        int end = below.indexOf('.');
        return end < 0 ? below : below.substring(0, end);
    }

    private static Set<String> above(String feature) {
        return Set.copyOf(FEATURES.subList(0, FEATURES.indexOf(feature)));
    }

    private static Set<String> without(Set<String> features, String... excluded) {
        Set<String> rest = new TreeSet<>(features);
        List.of(excluded).forEach(rest::remove);
        return rest;
    }
}
