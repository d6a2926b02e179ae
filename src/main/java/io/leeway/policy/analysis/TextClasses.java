package io.leeway.policy.analysis;

import io.leeway.model.Stage;
import io.leeway.policy.AttributeType;
import io.leeway.policy.Condition;
import io.leeway.policy.Path;
import io.leeway.policy.PolicyTables;
import io.leeway.policy.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which texts of a path the rows tell apart: those that they mention, those that begin alike, and all others. */
final class TextClasses {
    private static final Set<String> NEVER_EMPTY =
            Set.of("action.type", "agent.id", "agent.stage", "subject.type", "subject.id");
    /** Something that nobody mentions is made of these, until it is unmentioned indeed. */
    private static final List<String> ENDINGS = List.of("other", "-other", "1", "2", "3", "4", "5", "6", "7", "8", "9");

    private TextClasses() {}

    /** The texts that a version allows for the path, null when it allows any. */
    static @Nullable Collection<String> declared(Path path, PolicyTables tables) {
        if (path.text().equals("agent.stage")) {
            return Arrays.stream(Stage.values()).map(Enum::name).toList();
        }
        if (path.text().startsWith("now.weekday")) {
            return Vocabulary.weekdays();
        }
        if (path.text().equals("action.type")) {
            return tables.actions().isEmpty()
                    ? null
                    : new TreeSet<>(tables.actions().keySet());
        }
        String attribute = Vocabulary.attributeOf(path);
        AttributeType declared = tables.attributes().get(attribute == null ? path.text() : attribute);
        return declared == null || declared.allowed().isEmpty() ? null : declared.allowed();
    }

    static List<ValueClass> of(Path path, Collection<Condition> conditions, PolicyTables tables) {
        List<ValueClass> classes = new ArrayList<>();
        Collection<String> declared = declared(path, tables);
        if (declared != null) {
            declared.forEach(text -> classes.add(new ValueClass(text, null, null, List.of(text))));
        } else {
            classes.addAll(told(path, conditions, required(path, tables)));
        }
        if (!NEVER_EMPTY.contains(path.text()) && !path.text().startsWith("now.weekday")) {
            classes.add(new ValueClass("", null, null, List.of()));
        }
        return classes;
    }

    /** Texts with the same answer from every condition are one class; each required one is a class of its own. */
    private static Collection<ValueClass> told(Path path, Collection<Condition> conditions, List<String> required) {
        Set<String> mentioned = new LinkedHashSet<>(required);
        for (Condition condition : conditions) {
            Collection<?> limits = condition.limit() instanceof List<?> list ? list : List.of(condition.limit());
            limits.forEach(limit -> mentioned.add(limit.toString()));
        }
        Map<BitSet, ValueClass> classes = new LinkedHashMap<>();
        for (String text : mentioned) {
            if (isValue(path, text)) {
                classes.merge(
                        answers(text, conditions, required),
                        new ValueClass(text, null, null, List.of(text)),
                        TextClasses::both);
            }
        }
        Set<String> stems = new LinkedHashSet<>(mentioned);
        stems.add("");
        for (String stem : stems) {
            String text = unmentioned(path, stem, mentioned);
            if (text != null) {
                classes.putIfAbsent(answers(text, conditions, required), new ValueClass(text, null, null, List.of()));
            }
        }
        return classes.values();
    }

    /** Schemas that an action type requires of the evidence: no row need mention one for it to make evidence fresh. */
    private static List<String> required(Path path, PolicyTables tables) {
        String call = "evidence.schema(\"";
        if (!path.text().startsWith(call)) {
            return List.of();
        }
        String name = path.text().substring(call.length(), path.text().length() - 2);
        return tables.actions().values().stream()
                .map(it -> it.evidence().getOrDefault(name, ""))
                .filter(it -> !it.isEmpty())
                .distinct()
                .sorted()
                .toList();
    }

    private static ValueClass both(ValueClass one, ValueClass other) {
        List<String> texts = new ArrayList<>(one.texts());
        texts.addAll(other.texts());
        return new ValueClass(one.sample(), null, null, List.copyOf(texts));
    }

    private static BitSet answers(String text, Collection<Condition> conditions, List<String> required) {
        BitSet answers = new BitSet();
        int i = 0;
        for (String one : required) {
            answers.set(i++, one.equals(text));
        }
        for (Condition condition : conditions) {
            answers.set(i++, condition.accepts(text));
        }
        return answers;
    }

    private static boolean isValue(Path path, String text) {
        return !text.isEmpty()
                && (!path.text().equals("action.currency") || Vocabulary.problemWith(path, text) == null);
    }

    /** A text that begins with {@code stem} and with no longer one that is mentioned; null when there is none. */
    private static @Nullable String unmentioned(Path path, String stem, Set<String> mentioned) {
        Collection<String> endings = path.text().equals("action.currency") ? letters(3 - stem.length()) : ENDINGS;
        for (String ending : endings) {
            String text = stem + ending;
            boolean taken = false;
            for (int end = stem.length() + 1; end <= text.length() && !taken; end++) {
                taken = mentioned.contains(text.substring(0, end));
            }
            if (!taken && isValue(path, text)) {
                return text;
            }
        }
        return null;
    }

    private static List<String> letters(int count) {
        List<String> words = List.of("");
        for (int i = 0; i < count; i++) {
            List<String> longer = new ArrayList<>();
            for (String word : words) {
                for (char letter = 'Z'; letter >= 'A'; letter--) {
                    longer.add(word + letter);
                }
            }
            words = longer;
        }
        return count < 0 ? List.of() : words;
    }
}
