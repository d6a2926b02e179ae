package io.leeway.policy.compile;

import com.github.javaparser.JavaParser;
import com.github.javaparser.ParseResult;
import com.github.javaparser.ParserConfiguration;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.IntegerLiteralExpr;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.expr.StringLiteralExpr;
import com.github.javaparser.ast.stmt.BlockStmt;
import com.github.javaparser.ast.stmt.Statement;
import io.leeway.model.ApprovalRequirement;
import io.leeway.model.Effect;
import io.leeway.model.Mode;
import io.leeway.model.Obligation;
import io.leeway.policy.OutcomeLimits;
import io.leeway.policy.Row;
import io.leeway.policy.VerdictBuilder;
import io.leeway.policy.check.FindingCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what follows {@code then}: calls on {@code verdict} with literals, which make up an outcome that is known before
 * anything runs. The text itself is never compiled.
 */
final class ConsequenceReader {
    private static final FindingCode CODE = FindingCode.DRL_CONSEQUENCE;
    private static final String ALLOWED =
            "allowed are verdict.require(\"…\"), because(\"…\"), approvers(\"…\", n) and oblige(\"…\", \"…\")";

    private static final String NOT_ALLOWED = "";

    private final DrlFindings findings;
    private final int firstLine;
    private final List<Obligation> obligations = new ArrayList<>();
    private @Nullable String mode;
    private @Nullable String because;
    private @Nullable ApprovalRequirement approvers;

    /** @param firstLine the line of {@code then} */
    ConsequenceReader(DrlFindings findings, int firstLine) {
        this.findings = findings;
        this.firstLine = firstLine;
    }

    /** The outcome; empty, with findings, when the text says anything else. */
    Optional<Row.Outcome> read(String rule, String source) {
        ParseResult<BlockStmt> parsed = new JavaParser(new ParserConfiguration()).parseBlock("{" + source + "\n}");
        if (!parsed.isSuccessful() || parsed.getResult().isEmpty()) {
            findings.add(CODE, firstLine, "the consequence of rule `" + rule + "` cannot be read", ALLOWED);
            return Optional.empty();
        }
        boolean understood = true;
        for (Statement statement : parsed.getResult().get().getStatements()) {
            String problem = take(statement);
            if (problem != null) {
                String found = statement.toString().lines().findFirst().orElse("");
                findings.add(
                        CODE, lineOf(statement), "`" + found + "` is not allowed in a consequence" + problem, ALLOWED);
                understood = false;
            }
        }
        return understood ? outcome(rule) : Optional.empty();
    }

    private Optional<Row.Outcome> outcome(String rule) {
        if (mode == null) {
            findings.add(
                    CODE, firstLine, "rule `" + rule + "` requires no mode; one verdict.require(\"…\") is needed", "");
        }
        if (because == null || because.isBlank()) {
            findings.add(
                    CODE, firstLine, "rule `" + rule + "` gives no reason; one verdict.because(\"…\") is needed", "");
        }
        if (mode == null || because == null || because.isBlank()) {
            return Optional.empty();
        }
        boolean prohibits = mode.equals("Prohibited");
        Mode required = prohibits ? Mode.HUMAN_IN_CONTROL : VerdictBuilder.mode(mode);
        if (required == null) {
            findings.add(
                    CODE,
                    firstLine,
                    "unknown mode `" + mode + "`",
                    "modes are Autonomous, Human in the loop, Human in control and Prohibited");
            return Optional.empty();
        }
        Effect effect = prohibits ? Effect.PROHIBIT : Effect.REQUIRE;
        return Optional.of(new Row.Outcome(effect, required, because, approvers, obligations, null));
    }

    /** Null when the statement is allowed, and the first where it may stand once; otherwise what is wrong, if more than that. */
    private @Nullable String take(Statement statement) {
        if (!statement.isExpressionStmt()
                || !(statement.asExpressionStmt().getExpression() instanceof MethodCallExpr call)
                || call.getTypeArguments().isPresent()
                || !(call.getScope().orElse(null) instanceof NameExpr scope)
                || !scope.getNameAsString().equals(Guardrails.VERDICT)) {
            return NOT_ALLOWED;
        }
        List<Expression> arguments = call.getArguments();
        String first = !arguments.isEmpty() ? text(arguments.get(0)) : null;
        Expression second = arguments.size() == 2 ? arguments.get(1) : null;
        if (first == null || arguments.size() > 2) {
            return NOT_ALLOWED;
        }
        switch (call.getNameAsString()) {
            case "require":
                boolean firstMode = mode == null && second == null;
                mode = first;
                return firstMode ? null : NOT_ALLOWED;
            case "because":
                boolean firstReason = because == null && second == null;
                because = first;
                return firstReason ? null : NOT_ALLOWED;
            case "approvers":
                return takeApprovers(first, second);
            case "oblige":
                return takeObligation(first, second);
            default:
                return NOT_ALLOWED;
        }
    }

    private @Nullable String takeApprovers(String group, @Nullable Expression quorum) {
        // Java would read 010 as eight, and 0x10 as sixteen.
        if (approvers != null
                || !(quorum instanceof IntegerLiteralExpr number)
                || !number.getValue().matches("0|[1-9][0-9]{0,8}")) {
            return NOT_ALLOWED;
        }
        OutcomeLimits.Problem problem = OutcomeLimits.problemWithApprovers(group, number.getValue());
        if (problem == null) {
            approvers = new ApprovalRequirement(group, Integer.parseInt(number.getValue()));
        }
        return described(problem);
    }

    private @Nullable String takeObligation(String type, @Nullable Expression value) {
        String text = value == null ? null : text(value);
        if (text == null) {
            return NOT_ALLOWED;
        }
        Obligation obligation = new Obligation(type, text);
        obligations.add(obligation);
        return described(OutcomeLimits.problemWith(obligation));
    }

    private static @Nullable String described(OutcomeLimits.@Nullable Problem problem) {
        return problem == null ? null : ": " + problem.message();
    }

    private static @Nullable String text(Expression expression) {
        return expression instanceof StringLiteralExpr literal ? literal.asString() : null;
    }

    private int lineOf(Statement statement) {
        return firstLine
                + statement.getBegin().map(position -> position.line - 1).orElse(0);
    }
}
