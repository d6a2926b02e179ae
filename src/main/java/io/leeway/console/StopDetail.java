package io.leeway.console;

import io.leeway.control.Stop;
import io.leeway.evidence.AgentConfirmation;
import io.leeway.evidence.StopConfirmation;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * One stop, and which agents are known to keep to it.
 *
 * @param mayRelease whether the reader may, and there is something to release
 */
record StopDetail(StopList.Card card, List<Agent> agents, boolean complete, boolean mayRelease) {
    StopDetail {
        agents = List.copyOf(agents);
    }

    static StopDetail of(StopConfirmation known, StopList.Card card, boolean mayRelease) {
        return new StopDetail(
                card,
                known.agents().stream().map(Agent::new).toList(),
                known.complete(),
                mayRelease && known.stop().state() != Stop.State.RELEASED);
    }

    /** One agent. */
    record Agent(AgentConfirmation known) {
        public String name() {
            return known.activity().agent();
        }

        /** {@code after 2.3 s}; {@code ""} where it did not say so. */
        public String reaction() {
            Duration reaction = known.reaction();
            return reaction == null ? "" : String.format(Locale.ROOT, "after %.1f s", reaction.toMillis() / 1000.0);
        }

        /** What it tried meanwhile, in words. */
        public String attempts() {
            long attempts = known.activity().attempts();
            return attempts == 0
                    ? "no proposal in scope"
                    : attempts + (attempts == 1 ? " proposal in scope" : " proposals in scope");
        }
    }
}
