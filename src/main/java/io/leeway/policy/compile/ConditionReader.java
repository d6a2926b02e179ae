package io.leeway.policy.compile;

import com.github.javaparser.JavaParser;
import com.github.javaparser.ParseResult;
import com.github.javaparser.ParserConfiguration;
import com.github.javaparser.ast.expr.BinaryExpr;
import com.github.javaparser.ast.expr.BooleanLiteralExpr;
import com.github.javaparser.ast.expr.DoubleLiteralExpr;
import com.github.javaparser.ast.expr.EnclosedExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.FieldAccessExpr;
import com.github.javaparser.ast.expr.IntegerLiteralExpr;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.expr.NullLiteralExpr;
import com.github.javaparser.ast.expr.StringLiteralExpr;
import com.github.javaparser.ast.expr.ThisExpr;
import com.github.javaparser.ast.expr.UnaryExpr;
import io.leeway.model.Proposal;
import io.leeway.model.Trace;
import io.leeway.policy.IsoDuration;
import io.leeway.policy.compile.GuardrailVocabulary.Age;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads one condition of a DRL pattern, and writes it anew from what was understood: only that is compiled. Whatever is
 * not named here is refused; every name must be a bound variable or a property that {@link GuardrailVocabulary} knows, so
 * that no class can be reached.
 */
final class ConditionReader {
    private static final int LONGEST = 1_000;
    private static final String PLAIN_NUMBER = "[0-9]{1,18}(\\.[0-9]{1,18})?";

    private final JavaParser parser = new JavaParser(new ParserConfiguration());
    private final Map<String, Class<?>> variables;
    private final Class<?> fact;
    private final Mentions mentions;

    /** An expression as it will be compiled, with its type; {@link Void} for {@code null}. */
    record Typed(String text, Class<?> type, boolean literal) {
        boolean isNumber() {
            return type == BigDecimal.class || type == int.class || type == Age.class;
        }
    }

    /** Why a condition is refused, in words for people. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    /**
     * @param variables bound so far, with their types
     * @param fact the type of the pattern
     * @param mentions takes what is asked for
     */
    ConditionReader(Map<String, Class<?>> variables, Class<?> fact, Mentions mentions) {
        this.variables = variables;
        this.fact = fact;
        this.mentions = mentions;
    }

    /** A test: something that is true or false, and never absent. */
    Typed readTest(String source) throws Refused {
        Typed test = read(source);
        if (test.type() == Boolean.class) {
            throw new Refused("`" + source + "` may be absent; compare it with `== true` or `== false`");
        }
        if (test.type() != boolean.class) {
            throw new Refused("`" + source + "` is not a condition");
        }
        return test;
    }

    /** Any expression. */
    Typed read(String source) throws Refused {
        if (source.length() > LONGEST) {
            throw new Refused("a condition has at most " + LONGEST + " characters, found " + source.length());
        }
        ParseResult<Expression> parsed = parser.parseExpression(source);
        if (!parsed.isSuccessful() || parsed.getResult().isEmpty()) {
            throw new Refused("`" + source + "` is not a condition that is allowed here: only comparisons, && || !,"
                    + " properties and listed methods");
        }
        return typed(parsed.getResult().get());
    }

    private Typed typed(Expression expression) throws Refused {
        if (expression instanceof EnclosedExpr enclosed) {
            Typed inner = typed(enclosed.getInner());
            return new Typed("(" + inner.text() + ")", inner.type(), inner.literal());
        }
        if (expression instanceof BinaryExpr binary) {
            return binary(binary);
        }
        if (expression instanceof UnaryExpr unary) {
            return unary(unary);
        }
        if (expression instanceof MethodCallExpr call) {
            return call(call);
        }
        if (expression instanceof FieldAccessExpr access) {
            Typed scope = typed(access.getScope());
            return property(scope.text() + ".", scope.type(), access.getNameAsString());
        }
        if (expression instanceof NameExpr name) {
            Class<?> variable = variables.get(name.getNameAsString());
            return variable != null
                    ? new Typed(name.getNameAsString(), variable, false)
                    : property("", fact, name.getNameAsString());
        }
        if (expression instanceof ThisExpr self && self.getTypeName().isEmpty()) {
            return new Typed("this", fact, false);
        }
        return literal(expression);
    }

    private Typed literal(Expression expression) throws Refused {
        if (expression instanceof StringLiteralExpr text) {
            return new Typed('"' + plain(text.getValue()) + '"', String.class, true);
        }
        if (expression instanceof BooleanLiteralExpr flag) {
            return new Typed(Boolean.toString(flag.getValue()), boolean.class, true);
        }
        if (expression instanceof NullLiteralExpr) {
            return new Typed("null", Void.class, true);
        }
        if (expression instanceof IntegerLiteralExpr whole && whole.getValue().matches(PLAIN_NUMBER)) {
            return number(whole.getValue());
        }
        if (expression instanceof DoubleLiteralExpr decimal
                && decimal.getValue().matches(PLAIN_NUMBER)) {
            return number(decimal.getValue());
        }
        throw new Refused("`" + expression + "` is not allowed in a condition: only comparisons, && || !, properties,"
                + " listed methods, and plain texts and numbers");
    }

    /** Exact in the compiled condition, too: a literal without the suffix would become a binary double there. */
    private static Typed number(String digits) {
        return new Typed(new BigDecimal(digits).toPlainString() + "B", BigDecimal.class, true);
    }

    private static String plain(String text) throws Refused {
        boolean odd = text.chars().anyMatch(c -> c == '\\' || c == '"' || Character.isISOControl(c));
        if (odd) {
            throw new Refused("a text in a condition holds neither quotes, backslashes nor control characters, found `"
                    + text + "`");
        }
        return text;
    }

    private Typed unary(UnaryExpr unary) throws Refused {
        Typed inner = typed(unary.getExpression());
        if (unary.getOperator() == UnaryExpr.Operator.LOGICAL_COMPLEMENT && inner.type() == boolean.class) {
            return new Typed("!(" + inner.text() + ")", boolean.class, false);
        }
        if (unary.getOperator() == UnaryExpr.Operator.MINUS && inner.literal() && inner.isNumber()) {
            return new Typed("-" + inner.text(), inner.type(), true);
        }
        throw new Refused("`" + unary + "` is not allowed in a condition");
    }

    private Typed binary(BinaryExpr binary) throws Refused {
        Typed left = typed(binary.getLeft());
        Typed right = typed(binary.getRight());
        boolean fits = switch (binary.getOperator()) {
            case AND, OR -> left.type() == boolean.class && right.type() == boolean.class;
            case EQUALS, NOT_EQUALS -> isComparable(left, right);
            case GREATER, GREATER_EQUALS, LESS, LESS_EQUALS -> left.isNumber() && right.isNumber();
            default -> false;
        };
        if (!fits) {
            throw new Refused("`" + binary + "` is not allowed: `"
                    + binary.getOperator().asString() + "` does not fit what stands beside it");
        }
        if (left.type() == Age.class || right.type() == Age.class) {
            noteAge(left.type() == Age.class ? right : left);
        }
        boolean whole = left.type() == int.class || right.type() == int.class;
        String text = side(left, whole) + " " + binary.getOperator().asString() + " " + side(right, whole);
        return new Typed("(" + text + ")", boolean.class, false);
    }

    /** An age turns while a permit lives, so it must be known when: with what it is compared must stand in the text. */
    private void noteAge(Typed limit) throws Refused {
        if (limit.type() == Void.class) {
            return;
        }
        String digits = limit.text().replaceAll("[()B]", "");
        if (!limit.literal() || !digits.matches("-?" + PLAIN_NUMBER)) {
            throw new Refused("an age is compared with a plain number of seconds, not with `" + limit.text() + "`");
        }
        mentions.addAge(AgeCondition.comparedWith(new BigDecimal(digits)));
    }

    /** Sizes are plain integers, and so is then the literal beside them. */
    private static String side(Typed side, boolean whole) throws Refused {
        if (!whole || side.type() == int.class) {
            return side.text();
        }
        String digits = side.text().substring(0, side.text().length() - 1);
        if (!side.literal() || !digits.matches("-?[0-9]{1,9}")) {
            throw new Refused("`" + side.text() + "` cannot be compared with a whole number");
        }
        return digits;
    }

    private static boolean isComparable(Typed left, Typed right) {
        if (left.type() == Void.class || right.type() == Void.class) {
            Class<?> other = left.type() == Void.class ? right.type() : left.type();
            return !other.isPrimitive() && other != Void.class;
        }
        if (left.isNumber() && right.isNumber()) {
            return true;
        }
        boolean flags = isFlag(left.type()) && isFlag(right.type());
        return flags || (left.type() == right.type() && left.type() == String.class);
    }

    private static boolean isFlag(Class<?> type) {
        return type == boolean.class || type == Boolean.class;
    }

    private Typed property(String prefix, Class<?> owner, String name) throws Refused {
        Class<?> type = GuardrailVocabulary.property(owner, name)
                .orElseThrow(() -> new Refused("unknown property `" + name + "` of " + owner.getSimpleName()
                        + GuardrailVocabulary.didYouMean(owner, name) + "; there are "
                        + GuardrailVocabulary.allowedFor(owner)));
        if (owner == Trace.class && (name.equals("depth") || name.equals("repeats"))) {
            mentions.addPath("trace." + name);
        }
        if (owner == Proposal.class && type == Instant.class) {
            mentions.addAge(AgeCondition.clock());
        }
        return new Typed(prefix + name, type, false);
    }

    private Typed call(MethodCallExpr call) throws Refused {
        if (call.getScope().isEmpty() || call.getTypeArguments().isPresent()) {
            throw new Refused("`" + call + "` is not allowed: a method is called on a fact or one of its properties");
        }
        Typed scope = typed(call.getScope().get());
        String name = call.getNameAsString();
        GuardrailVocabulary.Method method = GuardrailVocabulary.method(scope.type(), name)
                .orElseThrow(() -> new Refused("method `" + name + "` is not allowed on "
                        + scope.type().getSimpleName() + "; allowed are "
                        + GuardrailVocabulary.allowedFor(scope.type())));
        List<String> arguments = new ArrayList<>();
        for (Expression argument : call.getArguments()) {
            Typed typed = typed(argument);
            int at = arguments.size();
            if (at >= method.parameters().size() || method.parameters().get(at) != typed.type()) {
                throw new Refused("`" + call + "` does not take `" + argument + "`");
            }
            arguments.add(typed.text());
        }
        if (arguments.size() != method.parameters().size()) {
            throw new Refused(
                    "`" + call + "` takes " + method.parameters().size() + " values, found " + arguments.size());
        }
        if (name.equals("staleAfter")) {
            noteStaleAfter(call.getArgument(0), call.getArgument(1));
        }
        return new Typed(scope.text() + "." + name + "(" + String.join(", ", arguments) + ")", method.result(), false);
    }

    private void noteStaleAfter(Expression name, Expression limit) throws Refused {
        Duration duration = limit instanceof StringLiteralExpr literal ? IsoDuration.parse(literal.getValue()) : null;
        if (duration == null) {
            throw new Refused("`" + limit + "` is no duration; write it like \"PT15M\"");
        }
        String evidence = name instanceof StringLiteralExpr literal ? literal.getValue() : null;
        mentions.addAge(AgeCondition.staleAfter(evidence, duration));
    }
}
