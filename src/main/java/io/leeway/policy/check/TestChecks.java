package io.leeway.policy.check;

import io.leeway.policy.AttributeType;
import io.leeway.policy.Path;
import io.leeway.policy.PathType;
import io.leeway.policy.Suggestion;
import io.leeway.policy.TestCase;
import io.leeway.policy.TestCase.Given;
import io.leeway.policy.Vocabulary;
import io.leeway.policy.check.Declarations.Declared;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Runs every check of the tests that looks at more than one cell. */
public final class TestChecks {
    private final Map<String, PathType> declared = new HashMap<>();
    private final Map<String, TestCase> ids = new HashMap<>();
    private final Findings findings;

    private TestChecks(Declarations declarations, Findings findings) {
        this.findings = findings;
        for (Declared<AttributeType> line : declarations.attributes()) {
            declared.put(line.line().name(), line.line().type());
        }
    }

    /** Reports ids that are taken, and attributes that nobody declared, or as something else. */
    public static void run(List<TestCase> tests, Declarations declarations, Findings findings) {
        TestChecks checks = new TestChecks(declarations, findings);
        for (TestCase test : tests) {
            checks.id(test);
            test.given().forEach(given -> checks.attribute(test, given));
        }
    }

    private void id(TestCase test) {
        TestCase earlier = ids.putIfAbsent(test.id(), test);
        if (earlier != null) {
            findings.report(
                    FindingCode.REPEATED_TEST,
                    test.file(),
                    test.sheet(),
                    test.idCell(),
                    "test `" + test.id() + "` is there already, at " + earlier.place());
        }
    }

    private void attribute(TestCase test, Given given) {
        Path path = given.input().path();
        for (String name : path == null ? List.<String>of() : Vocabulary.attributesOf(path)) {
            attribute(test, given, name);
        }
    }

    private void attribute(TestCase test, Given given, String name) {
        PathType type = declared.get(name);
        if (type == null) {
            String message =
                    "attribute `" + name + "` is not declared" + Suggestion.didYouMean(name, declared.keySet());
            findings.report(FindingCode.UNDECLARED_ATTRIBUTE, test.file(), test.sheet(), given.cell(), message);
        } else if (!type.name().equals(given.input().kind().name())) {
            String message = "`" + name + "` is declared as " + type.name().toLowerCase(Locale.ROOT) + ", not "
                    + given.input().kind().name().toLowerCase(Locale.ROOT);
            findings.report(FindingCode.WRONG_ATTRIBUTE_TYPE, test.file(), test.sheet(), given.cell(), message);
        }
    }
}
