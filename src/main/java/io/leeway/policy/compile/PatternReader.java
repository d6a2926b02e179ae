package io.leeway.policy.compile;

import io.leeway.model.ActivityQuery;
import io.leeway.model.PriorDecision;
import io.leeway.policy.Suggestion;
import io.leeway.policy.check.FindingCode;
import io.leeway.policy.compile.ConditionReader.Refused;
import io.leeway.policy.compile.ConditionReader.Typed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drools.drl.ast.descr.AndDescr;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.ExistsDescr;
import org.drools.drl.ast.descr.ExprConstraintDescr;
import org.drools.drl.ast.descr.NotDescr;
import org.drools.drl.ast.descr.PatternDescr;

/** Reads what stands between {@code when} and {@code then}: up to three patterns on facts, and writes them anew. */
final class PatternReader {
    private static final FindingCode CODE = FindingCode.DRL_PATTERN;
    private static final int MOST_PATTERNS = 3;
    private static final int MOST_PRIOR_DECISIONS = 2;
    private static final String VARIABLE = "\\$[A-Za-z][A-Za-z0-9_]{0,40}";
    private static final Pattern BINDING = Pattern.compile("\\s*([\\w$]+)\\s*:(?![:=])(.*)", Pattern.DOTALL);
    private static final String MODEL = "io.leeway.model.";

    private final DrlFindings findings;
    private final Mentions mentions;
    private int patterns;
    private int priorDecisions;

    /** @param mentions takes what the conditions ask for */
    PatternReader(DrlFindings findings, Mentions mentions) {
        this.findings = findings;
        this.mentions = mentions;
    }

    /** The conditions of a rule as they will be compiled; what was not understood is a finding. */
    String read(String rule, AndDescr conditions, int line) {
        Map<String, Class<?>> variables = new HashMap<>();
        List<String> lines = new ArrayList<>();
        for (BaseDescr element : conditions.getDescrs()) {
            lines.add(element(element, variables));
        }
        if (patterns == 0 || patterns > MOST_PATTERNS) {
            findings.add(
                    CODE,
                    line,
                    "rule `" + rule + "` has " + patterns + " patterns",
                    "allowed are 1 to " + MOST_PATTERNS);
        }
        if (priorDecisions > MOST_PRIOR_DECISIONS) {
            findings.add(
                    CODE,
                    line,
                    "rule `" + rule + "` has " + priorDecisions + " patterns of PriorDecision",
                    "allowed are " + MOST_PRIOR_DECISIONS + ", as each is tried with each of the others");
        }
        return String.join("\n  ", lines);
    }

    private String element(BaseDescr element, Map<String, Class<?>> variables) {
        if (element instanceof PatternDescr pattern) {
            return pattern(pattern, variables);
        }
        if (element instanceof NotDescr not
                && not.getDescrs().size() == 1
                && not.getDescrs().get(0) instanceof PatternDescr pattern) {
            return "not " + pattern(pattern, new HashMap<>(variables));
        }
        if (element instanceof ExistsDescr exists
                && exists.getDescrs().size() == 1
                && exists.getDescrs().get(0) instanceof PatternDescr pattern) {
            return "exists " + pattern(pattern, new HashMap<>(variables));
        }
        findings.add(
                CODE,
                element.getLine(),
                "only patterns, and `not` or `exists` before one, are allowed here",
                "no eval, from, forall, accumulate, collect, or; write two rules instead of an or");
        return "";
    }

    private String pattern(PatternDescr pattern, Map<String, Class<?>> variables) {
        patterns++;
        String type = typeName(pattern);
        Class<?> fact = GuardrailVocabulary.FACTS.get(type);
        if (fact == null) {
            findings.add(
                    CODE,
                    pattern.getLine(),
                    "unknown fact `" + type + "`" + Suggestion.didYouMean(type, GuardrailVocabulary.FACTS.keySet()),
                    "facts are " + GuardrailVocabulary.factNames(""));
            return "";
        }
        if (fact == PriorDecision.class) {
            priorDecisions++;
            mentions.addActivity(ActivityQuery.PRIOR);
        }
        if (pattern.getSource() != null) {
            findings.add(CODE, pattern.getLine(), "`from` and what it takes facts from is not allowed", "");
        }
        if (!pattern.getBehaviors().isEmpty()
                || pattern.isUnification()
                || !pattern.getAnnotations().isEmpty()) {
            findings.add(
                    CODE, pattern.getLine(), "windows, unification and annotations are not allowed on a pattern", "");
        }
        List<String> conditions = new ArrayList<>();
        for (BaseDescr condition : pattern.getDescrs()) {
            conditions.add(condition(condition, pattern.getLine(), variables, fact));
        }
        String variable = pattern.getIdentifier();
        if (variable != null && !variable.isEmpty()) {
            bind(variable, fact, pattern.getLine(), variables);
        }
        return (variable == null || variable.isEmpty() ? "" : variable + " : ") + type + "("
                + String.join(", ", conditions) + ")";
    }

    private static String typeName(PatternDescr pattern) {
        String type = pattern.getObjectType() == null ? "" : pattern.getObjectType();
        return type.startsWith(MODEL) ? type.substring(MODEL.length()) : type;
    }

    private String condition(BaseDescr descr, int patternLine, Map<String, Class<?>> variables, Class<?> fact) {
        int line = descr.getLine() > 0 ? descr.getLine() : patternLine;
        if (!(descr instanceof ExprConstraintDescr constraint)
                || constraint.getType() != ExprConstraintDescr.Type.NAMED) {
            findings.add(CODE, line, "positional conditions are not allowed; name the property", "");
            return "";
        }
        ConditionReader reader = new ConditionReader(variables, fact, mentions);
        try {
            Matcher binding = BINDING.matcher(constraint.getExpression());
            if (!binding.matches()) {
                return reader.readTest(constraint.getExpression()).text();
            }
            Typed bound = reader.read(binding.group(2));
            if (bound.literal() || !bound.text().matches("[\\w$.]+")) {
                throw new Refused("`" + binding.group(2).strip() + "` cannot be bound; only a property can");
            }
            bind(binding.group(1), bound.type(), line, variables);
            return binding.group(1) + " : " + bound.text();
        } catch (Refused e) {
            findings.add(FindingCode.DRL_CONDITION, line, String.valueOf(e.getMessage()), "");
            return "";
        }
    }

    private void bind(String variable, Class<?> type, int line, Map<String, Class<?>> variables) {
        if (!variable.matches(VARIABLE) || variables.putIfAbsent(variable, type) != null) {
            findings.add(
                    CODE,
                    line,
                    "`" + variable + "` is no name for a variable here",
                    "a variable begins with $ and is bound once");
        }
    }
}
