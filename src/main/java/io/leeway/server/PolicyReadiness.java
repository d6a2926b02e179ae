package io.leeway.server;

import io.leeway.policy.Finding;
import io.leeway.policy.compile.CompiledPolicy;
import io.leeway.policy.release.ActivePolicy;
import io.leeway.policy.release.FollowedDirectory;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready once the active policy is compiled here, which takes a reached database. Losing the database later does not change
 * it: callers then get an answer that says so, not a refused connection.
 */
@Readiness
@ApplicationScoped
class PolicyReadiness implements HealthCheck {
    private static final int SHOWN = 20;

    private final ActivePolicy activePolicy;
    private final FollowedDirectory directory;

    PolicyReadiness(ActivePolicy activePolicy, FollowedDirectory directory) {
        this.activePolicy = activePolicy;
        this.directory = directory;
    }

    @Override
    public HealthCheckResponse call() {
        CompiledPolicy policy = activePolicy.current();
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("policy").status(policy != null);
        directory
                .waiting()
                .ifPresent(waiting ->
                        response.withData("waiting", waiting.version()).withData("waiting-for", waiting.what()));
        if (policy != null) {
            return response.withData("version", policy.version())
                    .withData("digest", policy.digest())
                    .build();
        }
        List<Finding> errors =
                activePolicy.findings().stream().filter(Finding::isError).toList();
        response.withData("errors", errors.size());
        for (int i = 0; i < Math.min(errors.size(), SHOWN); i++) {
            response.withData("finding-" + (i + 1), errors.get(i).toString());
        }
        return response.build();
    }
}
