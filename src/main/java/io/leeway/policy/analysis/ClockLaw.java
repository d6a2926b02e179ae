package io.leeway.policy.analysis;

import io.leeway.model.Proposal;
import io.leeway.policy.ClockTime;
import io.leeway.policy.DayRule;
import io.leeway.policy.Vocabulary;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which weekdays, times, named days and dates come together. Found by looking at every day for so long that all that comes
 * again has come, and on each at the beginning of every stretch of time that rows tell apart.
 */
final class ClockLaw {
    private static final LocalDate SOME_DAY = LocalDate.of(2026, 1, 1);
    /** Long enough for two zones to have been every number of hours apart. */
    private static final int YEAR = 366;
    /** After so many days the same dates are the same weekdays again. */
    private static final int CYCLE = 28 * 366;

    private final Space space;
    private final List<Integer> dimensions = new ArrayList<>();
    /** A moment for each combination of classes that there is, by the class of the date. */
    private final Map<Integer, Map<List<Integer>, Instant>> moments = new HashMap<>();

    private final int date;
    private int lastDate;

    ClockLaw(Space space) {
        this.space = space;
        date = space.indexOf(Space.MOMENT);
        for (int i = 0; i < space.dimensions().size(); i++) {
            if (isAsked(i)) {
                dimensions.add(i);
            }
        }
        if (!dimensions.isEmpty()) {
            look();
        }
    }

    private boolean isAsked(int dimension) {
        return space.dimension(dimension).path().text().startsWith("now.");
    }

    /** Chooses the classes; false when no moment is as the box wants it. */
    boolean choose(Box box, int[] classes) {
        if (dimensions.isEmpty()) {
            return true;
        }
        for (Map.Entry<Integer, Map<List<Integer>, Instant>> dated : moments.entrySet()) {
            if (date < 0 || box.side(date).get(dated.getKey())) {
                for (List<Integer> found : dated.getValue().keySet()) {
                    if (holds(box, found)) {
                        set(classes, dated.getKey(), found);
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private boolean holds(Box box, List<Integer> found) {
        for (int i = 0; i < found.size(); i++) {
            if (!box.side(dimensions.get(i)).get(found.get(i))) {
                return false;
            }
        }
        return true;
    }

    private void set(int[] classes, int dateClass, List<Integer> found) {
        for (int i = 0; i < found.size(); i++) {
            classes[dimensions.get(i)] = found.get(i);
        }
        if (date >= 0) {
            classes[date] = dateClass;
        }
    }

    /** A moment of the point, null when rows do not ask for any but dates. */
    @Nullable
    Instant at(Point point) {
        List<Integer> classes = dimensions.stream().map(point::classOf).toList();
        return moments.getOrDefault(date < 0 ? 0 : point.classOf(date), Map.of())
                .get(classes);
    }

    private void look() {
        TreeSet<LocalDate> marks = marks();
        boolean named = dimensions.stream().anyMatch(it -> call(it).name().equals("now.calendar"));
        int around = named ? CYCLE : YEAR;
        LocalDate end = marks.last().plusDays(around);
        for (LocalDate day = marks.first().minusDays(around); !day.isAfter(end); day = day.plusDays(1)) {
            for (Instant moment : moments(day)) {
                add(moment);
            }
        }
        bounds().forEach(this::add);
    }

    /** The days that somebody named. */
    private TreeSet<LocalDate> marks() {
        TreeSet<LocalDate> marks = new TreeSet<>(List.of(SOME_DAY));
        bounds().forEach(it -> marks.add(LocalDate.ofInstant(it, ZoneOffset.UTC)));
        space.tables()
                .data()
                .calendars()
                .rules()
                .values()
                .forEach(rules -> rules.forEach(rule -> {
                    if (rule instanceof DayRule.Span span) {
                        marks.add(span.first());
                        marks.add(span.last());
                    }
                }));
        return marks;
    }

    /** Where the lives of rows begin and end. */
    private List<Instant> bounds() {
        return date < 0
                ? List.of()
                : space.dimension(date).classes().stream()
                        .filter(ValueClass::isPoint)
                        .map(it -> Instant.ofEpochSecond(
                                ((BigDecimal) Objects.requireNonNull(it.sample())).longValueExact()))
                        .toList();
    }

    /** Where on that day, as each zone has it, something may turn. */
    private TreeSet<Instant> moments(LocalDate day) {
        TreeSet<Instant> moments = new TreeSet<>();
        for (int dimension : dimensions) {
            ZoneId zone = zone(call(dimension));
            moments.add(day.atStartOfDay(zone).toInstant());
            if (space.dimension(dimension).isNumber()) {
                for (ValueClass one : space.dimension(dimension).classes()) {
                    LocalTime time = one.isPoint() && one.low() != null ? ClockTime.time(one.low()) : null;
                    if (time != null) {
                        Instant at = day.atTime(time).atZone(zone).toInstant();
                        moments.addAll(List.of(at.minusNanos(1_000), at, at.plusNanos(1_000)));
                    }
                }
            }
        }
        return moments;
    }

    private void add(Instant moment) {
        Proposal proposal = Witness.at(moment);
        List<Integer> classes = new ArrayList<>();
        for (int dimension : dimensions) {
            Dimension one = space.dimension(dimension);
            classes.add(one.indexOf(one.path().valueOf(proposal)));
        }
        lastDate = date < 0 ? 0 : dateClass(BigDecimal.valueOf(moment.getEpochSecond()));
        moments.computeIfAbsent(lastDate, it -> new HashMap<>()).putIfAbsent(classes, moment);
    }

    /** Most often that of the moment before. */
    private int dateClass(BigDecimal seconds) {
        Dimension dates = space.dimension(date);
        return dates.classes().get(lastDate).holds(seconds) ? lastDate : dates.indexOf(seconds);
    }

    private Vocabulary.Call call(int dimension) {
        return Objects.requireNonNull(
                Vocabulary.call(space.dimension(dimension).path().text()));
    }

    private static ZoneId zone(Vocabulary.Call call) {
        int last = call.arguments().size() - 1;
        return last >= (call.name().equals("now.calendar") ? 1 : 0)
                ? ZoneId.of(call.arguments().get(last))
                : ZoneOffset.UTC;
    }
}
