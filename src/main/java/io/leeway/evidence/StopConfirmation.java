package io.leeway.evidence;

import io.leeway.control.Acknowledgement;
import io.leeway.control.Stop;
import io.leeway.control.StopScope;
import io.leeway.decision.AgentActivity;
import io.leeway.decision.StopActivity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which of the agents that a stop concerns are known to keep to it: those that held a permit in scope when it was placed,
 * proposed in scope since, acknowledged it, or are named by it.
 *
 * @param agents by name
 * @param complete false when more happened in scope than is looked at
 */
public record StopConfirmation(Stop stop, List<AgentConfirmation> agents, boolean complete) {
    public StopConfirmation {
        agents = List.copyOf(agents);
    }

    /** @param now the ledger's time, or the end of the stop */
    static StopConfirmation of(Stop stop, StopActivity activity, List<Acknowledgement> acknowledgements, Instant now) {
        Map<String, Acknowledgement> given =
                acknowledgements.stream().collect(Collectors.toMap(Acknowledgement::agent, Function.identity()));
        Map<String, AgentActivity> concerned = new TreeMap<>(activity.byAgent());
        given.keySet().forEach(agent -> concerned.computeIfAbsent(agent, AgentActivity::none));
        if (stop.scope().kind() == StopScope.Kind.AGENT) {
            concerned.computeIfAbsent(stop.scope().value(), AgentActivity::none);
        }
        List<AgentConfirmation> agents = concerned.values().stream()
                .map(one -> AgentConfirmation.of(stop, one, given.get(one.agent()), now))
                .toList();
        return new StopConfirmation(stop, agents, activity.complete());
    }
}
