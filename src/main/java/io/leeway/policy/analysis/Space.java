package io.leeway.policy.analysis;

import io.leeway.model.Action;
import io.leeway.model.Effect;
import io.leeway.model.Stage;
import io.leeway.policy.Condition;
import io.leeway.policy.Guarantee;
import io.leeway.policy.Operator;
import io.leeway.policy.Path;
import io.leeway.policy.PathType;
import io.leeway.policy.PolicyTables;
import io.leeway.policy.Rates;
import io.leeway.policy.Row;
import io.leeway.policy.Vocabulary;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Everything that the rows and guarantees of a version tell apart: one dimension for each path, the day among them, and each row's box. */
final class Space {
    /** The moment of the decision in whole seconds since 1970, by which the life of a row is one more condition. */
    static final String MOMENT = "now";

    private static final Path MOMENT_PATH = new Path(
            MOMENT,
            PathType.NUMBER,
            proposal -> BigDecimal.valueOf(proposal.now().getEpochSecond()),
            null);

    private final PolicyTables tables;
    private final List<Dimension> dimensions = new ArrayList<>();
    private final Map<String, Integer> byPath = new HashMap<>();
    private final List<Region> regions = new ArrayList<>();
    private final List<Region> caps = new ArrayList<>();
    private final Box whole;
    private final ClockLaw clock;

    Space(PolicyTables tables) {
        this.tables = tables;
        Map<Path, List<Condition>> conditions = new LinkedHashMap<>();
        conditions.put(known("action.type"), new ArrayList<>());
        for (Row row : tables.rows()) {
            conditions(row).forEach(condition -> ask(conditions, condition));
        }
        for (Guarantee guarantee : tables.guarantees()) {
            guarantee.when().forEach(condition -> ask(conditions, condition));
        }
        List.copyOf(conditions.keySet()).forEach(path -> parts(path, conditions));
        conditions.forEach((path, asked) -> {
            byPath.put(path.text(), dimensions.size());
            dimensions.add(Dimension.of(path, asked, tables));
        });
        clock = new ClockLaw(this);
        whole = Box.of(dimensions.stream().map(Dimension::whole).toArray(BitSet[]::new));
        for (Row row : tables.rows()) {
            regions.add(new Region(row, box(conditions(row))));
        }
        if (byPath.containsKey("agent.stage")) {
            caps.add(cap(Stage.SHADOW));
            caps.add(cap(Stage.SUPERVISED));
        }
    }

    /** What a ratio or a converted amount is made of can be told apart as far as it decides whether there is any. */
    private void parts(Path path, Map<Path, List<Condition>> conditions) {
        for (String part : Vocabulary.partsOf(path)) {
            Path number = known(numberPath(part));
            ask(conditions, new Condition(number, Operator.EQUAL, BigDecimal.ZERO, ""));
        }
        String target = ConvertedLaw.target(path);
        if (target != null) {
            Path currency = known("action.currency");
            conditions.computeIfAbsent(known("action.amount"), it -> new ArrayList<>());
            ask(conditions, new Condition(currency, Operator.EQUAL, target, ""));
            for (Rates.Rate rate : tables.data().rates().all()) {
                ask(conditions, new Condition(currency, Operator.EQUAL, rate.from(), ""));
            }
        }
    }

    private static void ask(Map<Path, List<Condition>> conditions, Condition condition) {
        conditions.computeIfAbsent(condition.path(), it -> new ArrayList<>()).add(condition);
    }

    private static String numberPath(String part) {
        return part.equals(Action.AMOUNT) ? "action.amount" : "action.number(\"" + part + "\")";
    }

    /** The index of the dimension of what a ratio divides. */
    int indexOfNumber(String part) {
        return indexOf(numberPath(part));
    }

    PolicyTables tables() {
        return tables;
    }

    List<Dimension> dimensions() {
        return dimensions;
    }

    Dimension dimension(int index) {
        return dimensions.get(index);
    }

    /** The index of the path's dimension, -1 when no row asks for it. */
    int indexOf(String path) {
        return byPath.getOrDefault(path, -1);
    }

    /** Which moments there are. */
    ClockLaw clock() {
        return clock;
    }

    /** The rows in the order of the tables. */
    List<Region> regions() {
        return regions;
    }

    /** The caps of the stages as safeguards, as far as rows can tell stages apart; they are no rows of the version. */
    List<Region> caps() {
        return caps;
    }

    /** Everything. */
    Box whole() {
        return whole;
    }

    /** Where all the conditions hold; a side may be empty. */
    Box box(List<Condition> conditions) {
        Box box = whole;
        for (Condition condition : conditions) {
            int dimension = Objects.requireNonNull(byPath.get(condition.path().text()));
            box = box.with(
                    dimension,
                    Box.common(box.side(dimension), dimensions.get(dimension).accepting(condition)));
        }
        return box;
    }

    /** The row's conditions, and those that bound its life. */
    static List<Condition> conditions(Row row) {
        List<Condition> conditions = new ArrayList<>(row.conditions());
        if (row.effective() != null) {
            conditions.add(moment(Operator.AT_LEAST, row.effective(), row.zone()));
        }
        if (row.expires() != null) {
            conditions.add(moment(Operator.LESS, row.expires().plusDays(1), row.zone()));
        }
        return conditions;
    }

    private static Condition moment(Operator operator, LocalDate day, ZoneId zone) {
        BigDecimal seconds = BigDecimal.valueOf(day.atStartOfDay(zone).toEpochSecond());
        return new Condition(MOMENT_PATH, operator, seconds, "");
    }

    private Region cap(Stage stage) {
        Condition condition = new Condition(known("agent.stage"), Operator.EQUAL, stage.name(), "");
        Row.Outcome outcome = new Row.Outcome(Effect.REQUIRE, stage.cap(), "", null, List.of(), null);
        Row row =
                new Row("stage " + stage, "", null, 0, "", "", "", "", "", "", List.of(condition), outcome, null, null);
        return new Region(row, box(row.conditions()));
    }

    private static Path known(String name) {
        if (Vocabulary.parse(name) instanceof Vocabulary.Found found) {
            return found.path();
        }
        throw new IllegalStateException("`" + name + "` is not in the vocabulary");
    }
}
