package io.leeway.console;

import io.leeway.control.NewStop;
import io.leeway.control.StopScope;
import io.leeway.model.PlainText;
import io.leeway.model.StopLevel;
import io.leeway.model.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A stop as somebody is about to place it.
 *
 * @param kind as it is spelled in the API, {@code ""} when nothing was chosen
 * @param drill whether it only is to be noticed
 */
record StopForm(String kind, String value, StopLevel level, boolean drill, String reason, List<Fault> faults) {
    /** Nothing chosen yet. */
    static final StopForm EMPTY = new StopForm("", "", StopLevel.HALT, false, "", List.of());

    private static final int MOST_REASON = 2000;

    /**
     * @param field name of the field that is at fault
     * @param message a sentence for whoever filled it in
     */
    record Fault(String field, String message) {}

    /** With everything that is wrong with it. */
    static StopForm read(
            @Nullable String kind,
            @Nullable String value,
            @Nullable String level,
            @Nullable String drill,
            @Nullable String reason) {
        String chosen = text(kind);
        // A value that was typed before "everything" was chosen asks for nothing.
        String typed = chosen.equals(StopScope.Kind.ALL.wire()) ? "" : text(value);
        String why = text(reason).replaceAll("\\s+", " ");
        List<Fault> faults = StopScope.violations(chosen.isEmpty() ? null : chosen, typed).stream()
                .map(StopForm::fault)
                .collect(Collectors.toCollection(ArrayList::new));
        String fault = PlainText.fault(why, MOST_REASON);
        if (fault != null) {
            faults.add(new Fault("reason", "The reason " + fault + "."));
        }
        return new StopForm(chosen, typed, level(level), drill != null, why, List.copyOf(faults));
    }

    /** What is none of the levels counts as the hardest. */
    private static StopLevel level(@Nullable String sent) {
        return StopLevel.APPROVE_ALL.name().equals(sent) ? StopLevel.APPROVE_ALL : StopLevel.HALT;
    }

    private static Fault fault(Violation violation) {
        boolean kind = violation.pointer().endsWith("/kind");
        return new Fault(
                kind ? "kind" : "value", kind ? "Choose what to stop." : "The name " + violation.message() + ".");
    }

    private static String text(@Nullable String sent) {
        return sent == null ? "" : sent.strip();
    }

    public boolean isValid() {
        return faults.isEmpty();
    }

    /** Only when it {@link #isValid}. */
    public StopScope scope() {
        return StopScope.of(kind, value);
    }

    /** Only when it {@link #isValid}. */
    NewStop asked() {
        return new NewStop(scope(), level, drill, reason);
    }

    public boolean isHalt() {
        return level == StopLevel.HALT;
    }

    /** What is wrong with a field; {@code ""} when nothing is. */
    public String fault(String field) {
        return faults.stream()
                .filter(fault -> fault.field().equals(field))
                .map(Fault::message)
                .findFirst()
                .orElse("");
    }

    /** The scope, when that much is right, whatever the reason. */
    static Optional<StopScope> scope(@Nullable String kind, @Nullable String value) {
        StopForm form = read(kind, value, null, null, "to see what it holds");
        return form.isValid() ? Optional.of(form.scope()) : Optional.empty();
    }
}
