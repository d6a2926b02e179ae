package io.leeway.policy.analysis;

import io.leeway.policy.ActionType;
import io.leeway.policy.AttributeType;
import io.leeway.policy.Condition;
import io.leeway.policy.Guarantee;
import io.leeway.policy.Guarantee.Bound;
import io.leeway.policy.Operator;
import io.leeway.policy.Path;
import io.leeway.policy.PathType;
import io.leeway.policy.PolicyTables;
import io.leeway.policy.Row;
import io.leeway.policy.Vocabulary;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/**
 * The rows of two versions in one space, over the proposals that the one that may give more allows. What the other does not
 * know, or declares otherwise, it grants to nobody.
 */
final class BothVersions {
    private final PolicyTables stricter;
    private final Space space;
    private final Box known;
    private final int split;

    BothVersions(PolicyTables stricter, PolicyTables looser) {
        this.stricter = stricter;
        List<Condition> declared = declared(stricter, looser);
        List<Row> rows = new ArrayList<>(looser.rows());
        split = rows.size();
        rows.addAll(stricter.rows());
        // A guarantee about nothing makes the declared values classes of their own.
        Guarantee telling = new Guarantee("", "", null, 0, "", declared, Bound.NEVER_AUTONOMOUS, "", "", "");
        space = new Space(new PolicyTables(
                rows, looser.attributes(), looser.actions(), List.of(), List.of(telling), looser.data()));
        Box box = space.whole();
        for (Condition condition : declared) {
            int index = space.indexOf(condition.path().text());
            Dimension dimension = space.dimension(index);
            BitSet side = (BitSet) dimension.accepting(condition).clone();
            if (dimension.absent() >= 0 && !condition.path().text().equals("action.type")) {
                side.set(dimension.absent());
            }
            box = box.with(index, Box.common(box.side(index), side));
        }
        known = box;
    }

    Space space() {
        return space;
    }

    /** The rows of the version that may give more, and the caps of stages. */
    List<Region> given() {
        List<Region> given = new ArrayList<>(space.regions().subList(0, split));
        given.addAll(space.caps());
        return given;
    }

    /** The rows of the other version, its grants as far as it knows what they grant. */
    List<Region> withheld() {
        List<Region> withheld = new ArrayList<>();
        for (Region region : space.regions().subList(split, space.regions().size())) {
            Box box = region.isGrant() ? region.box().and(known) : region.box();
            if (box != null) {
                withheld.add(new Region(region.row(), box));
            }
        }
        return withheld;
    }

    /** What the stricter version knows of the other's vocabulary. */
    private static List<Condition> declared(PolicyTables stricter, PolicyTables looser) {
        List<Condition> declared = new ArrayList<>();
        if (!stricter.actions().isEmpty()) {
            List<String> same = stricter.actions().values().stream()
                    .filter(it -> isDeclaredAlike(it, looser.actions()))
                    .map(ActionType::type)
                    .sorted()
                    .toList();
            declared.add(new Condition(path("action.type"), Operator.IN, same, ""));
        }
        stricter.attributes().forEach((name, type) -> {
            if (type.type() == PathType.TEXT && !type.allowed().isEmpty()) {
                declared.add(new Condition(path(name, type), Operator.IN, type.allowed(), ""));
            }
        });
        return declared;
    }

    /** Whether a proposal of the type is refused by both or by neither, whatever its values are. */
    private static boolean isDeclaredAlike(ActionType type, Map<String, ActionType> others) {
        ActionType other = others.get(type.type());
        return others.isEmpty()
                ? type.amount() == ActionType.AmountRule.OPTIONAL
                        && type.evidence().isEmpty()
                : other != null
                        && other.amount() == type.amount()
                        && other.evidence().equals(type.evidence())
                        && other.attributes().equals(type.attributes());
    }

    private static Path path(String name, AttributeType type) {
        return name.indexOf('.') > 0 && Vocabulary.parse(name) instanceof Vocabulary.Found found
                ? found.path()
                : path("action.text(\"" + type.name() + "\")");
    }

    private static Path path(String text) {
        if (Vocabulary.parse(text) instanceof Vocabulary.Found found) {
            return found.path();
        }
        throw new IllegalStateException("`" + text + "` is not in the vocabulary");
    }
}
