package io.leeway.console;

import io.leeway.evidence.DecidedAction;
import io.leeway.evidence.SubjectTimelines.Timeline;
import io.leeway.evidence.TimelineEvent;
import io.leeway.evidence.TimelineEvent.StopNote;
import io.leeway.model.Subject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a subject, the newest last.
 *
 * @param first whether nothing comes before it
 * @param next position after which the rest is, -1 when there is none
 */
record TimelinePage(Subject subject, List<Line> lines, boolean first, long next) {
    TimelinePage {
        lines = List.copyOf(lines);
    }

    static TimelinePage of(Subject subject, Timeline timeline, boolean first) {
        Long last = timeline.last();
        return new TimelinePage(
                subject, timeline.events().stream().map(Line::new).toList(), first, last == null ? -1 : last);
    }

    /** {@code account A-1001}; {@code ""} once erased. */
    static String subject(DecidedAction action) {
        Subject subject = action.subject();
        return subject == null ? "" : subject.type() + " " + subject.id();
    }

    /** One thing that happened. */
    record Line(TimelineEvent event) {
        /** What it was, in words. */
        public String what() {
            return switch (event.kind()) {
                case "decision" -> event.actionType() + " was decided";
                case "permit.consumption" -> event.actionType() + " was carried out";
                case "stop" -> "Stopped" + held();
                case "stop.release-request" -> "Release of a stop asked for" + held();
                case "stop.release" -> "Stop released" + held();
                default -> event.kind();
            };
        }

        private String held() {
            StopNote stop = event.stop();
            return stop == null ? "" : ": " + StopPreview.held(stop.scope());
        }

        public @Nullable DecidedAction decision() {
            return event.decision();
        }

        public String amount() {
            DecidedAction decision = event.decision();
            return decision == null ? "" : DecisionLine.text(decision.amount());
        }

        /** How its mark is drawn: {@code stop}, or {@code ""}. */
        public String style() {
            return event.kind().equals("stop") || event.kind().startsWith("stop.") ? "stopped" : "";
        }
    }
}
