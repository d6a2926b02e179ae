package io.leeway.testing;

import io.leeway.model.Proposal;
import io.leeway.policy.ActionType;
import io.leeway.policy.AttributeType;
import io.leeway.policy.Condition;
import io.leeway.policy.Path;
import io.leeway.policy.PathScope;
import io.leeway.policy.PathValues;
import io.leeway.policy.PolicyTables;
import io.leeway.policy.ProposalDraft;
import io.leeway.policy.Row;
import io.leeway.policy.TestInput;
import io.leeway.policy.Vocabulary;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Random proposals around every limit of some tables, mostly as these declare them. Everything follows from the random numbers. */
public final class ProposalsAround {
    private final PolicyTables asking;
    private final PolicyTables tables;
    private final Random random;
    private final Map<Path, List<Object>> values;

    /**
     * @param asking whose limits they are around
     * @param declaring whose declarations they follow
     */
    public ProposalsAround(PolicyTables asking, PolicyTables declaring, Random random) {
        this.asking = asking;
        this.tables = declaring;
        this.random = random;
        this.values = values(asking);
    }

    /** The next one, at that time, of an agent that has earned everything unless the rows ask for its stage. */
    public Proposal next(Instant now) {
        boolean inOrder = random.nextInt(3) > 0;
        List<String> types = asking.actions().keySet().stream().sorted().toList();
        String type = random.nextInt(50) == 0 ? "billing.reverse" : types.get(random.nextInt(types.size()));
        ActionType declared = tables.actions().get(type);
        ProposalDraft draft = ProposalDraft.blank(now);
        values.forEach((path, some) -> {
            boolean takes = takes(declared, Vocabulary.attributeOf(path));
            if (takes && random.nextInt(10) > 0) {
                Object value = inOrder && random.nextInt(8) > 0 ? orderly(path) : null;
                draft.give(TestInput.of(path), value == null ? some.get(random.nextInt(some.size())) : value);
            }
        });
        if (declared != null && random.nextInt(20) > 0) {
            declared.attributes().keySet().stream()
                    .filter(name ->
                            values.keySet().stream().noneMatch(path -> name.equals(Vocabulary.attributeOf(path))))
                    .forEach(name -> attribute(draft, tables.attributes().get(name)));
        }
        draft.give(input("action.type"), type);
        return draft.build(tables);
    }

    /** What the rows tell apart, path by path. */
    private static Map<Path, List<Object>> values(PolicyTables asking) {
        Map<String, List<Condition>> conditions = new LinkedHashMap<>();
        for (Row row : asking.rows()) {
            row.conditions()
                    .forEach(it -> conditions
                            .computeIfAbsent(it.path().text(), path -> new ArrayList<>())
                            .add(it));
        }
        Map<Path, List<Object>> values = new LinkedHashMap<>();
        conditions.values().forEach(asked -> {
            Path path = asked.get(0).path();
            values.put(path, new ArrayList<>(PathValues.around(path, asked, asking)));
        });
        return values;
    }

    /** Mostly what the type takes: else nearly everything would be refused. */
    private boolean takes(@Nullable ActionType declared, @Nullable String attribute) {
        return attribute == null
                || declared == null
                || declared.attributes().containsKey(attribute)
                || random.nextInt(60) == 0;
    }

    /** A value that no safeguard minds, null for those that none asks about. */
    private static @Nullable Object orderly(Path path) {
        return switch (path.text()) {
            case "action.confidence" -> BigDecimal.ONE;
            case "action.reversible" -> true;
            case "agent.stage" -> "FULL";
            case "trace.repeats", "trace.depth", "action.number(\"delayHours\")" -> BigDecimal.ZERO;
            case "action.flag(\"hazardous\")" -> false;
            default -> path.evidenceAge() == null ? null : false;
        };
    }

    private static void attribute(ProposalDraft draft, AttributeType type) {
        draft.give(
                input("action.text(\"" + type.name() + "\")"),
                type.allowed().isEmpty() ? "text" : type.allowed().get(0));
    }

    private static TestInput input(String path) {
        return ((TestInput.Found) TestInput.parse(path, PathScope.UNBOUND)).input();
    }
}
