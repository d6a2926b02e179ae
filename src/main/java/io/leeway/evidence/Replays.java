package io.leeway.evidence;

import io.leeway.decision.Decision.PolicyReference;
import io.leeway.decision.DecisionEntries;
import io.leeway.model.Refusal;
import io.leeway.policy.compile.CompiledPolicy;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Runs replays: one at a time in this process, on a thread of its own, in the order in which they were asked for. They live in
 * this process's memory and nowhere else: no other replica knows them, and they end with it. The last {@value #KEPT} are kept.
 */
@ApplicationScoped
public class Replays {
    /** How many are known at a time. */
    static final int KEPT = 20;

    private final DecisionEntries entries;
    private final Map<UUID, ReplayJob> jobs = new LinkedHashMap<>();
    private final ThreadPoolExecutor thread =
            new ThreadPoolExecutor(1, 1, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Replays::daemon);

    Replays(DecisionEntries entries) {
        this.entries = entries;
        thread.allowCoreThreadTimeOut(true);
    }

    /**
     * Begins one, or has it wait for those before.
     *
     * @param candidate loads the version, on the thread of the replay; what it throws ends the job, and the detail of a
     *     {@link Refusal} is told
     * @throws Refusal {@code OVERLOADED} when {@value #KEPT} are waiting or under way
     */
    public ReplayJob start(PolicyReference policy, Supplier<CompiledPolicy> candidate, ReplayRange range) {
        ReplayJob job = new ReplayJob(UUID.randomUUID(), policy);
        keep(job);
        thread.execute(() -> job.run(entries, candidate, range));
        return job;
    }

    private void keep(ReplayJob job) {
        synchronized (jobs) {
            Iterator<ReplayJob> oldest = jobs.values().iterator();
            while (jobs.size() >= KEPT && oldest.hasNext()) {
                if (oldest.next().isOver()) {
                    oldest.remove();
                }
            }
            if (jobs.size() >= KEPT) {
                throw new Refusal(
                        Refusal.Kind.OVERLOADED,
                        "OVERLOADED",
                        KEPT + " replays are waiting or under way already. Cancel one, or try again later.");
            }
            jobs.put(job.id(), job);
        }
    }

    /** The one with that id, if this process knows it. */
    public Optional<ReplayJob> find(UUID id) {
        synchronized (jobs) {
            return Optional.ofNullable(jobs.get(id));
        }
    }

    /** Ends all of them, so that none reads from a database that is being closed. */
    @PreDestroy
    void close() {
        synchronized (jobs) {
            jobs.values().forEach(ReplayJob::cancel);
        }
        thread.shutdown();
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "replay");
        thread.setDaemon(true);
        return thread;
    }
}
