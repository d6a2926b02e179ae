package io.leeway.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leeway.testing.DecisionClient.Answer;
import io.leeway.testing.DecisionClient.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Several clients that propose one action after the other until they are told to stop, whatever they are answered. */
public final class DecisionLoad {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final DecisionClient client;
    private final String key;
    private final Map<String, Verdict> acknowledged = new ConcurrentHashMap<>();
    private final Queue<String> open = new ConcurrentLinkedQueue<>();
    private final List<Thread> clients = new ArrayList<>();
    private volatile boolean stopped;

    private DecisionLoad(DecisionClient client, String key) {
        this.client = client;
        this.key = key;
    }

    /** Sets so many clients to work. */
    public static DecisionLoad start(DecisionClient client, String key, int clients) {
        DecisionLoad load = new DecisionLoad(client, key);
        for (int i = 0; i < clients; i++) {
            Thread thread = new Thread(load::propose, "load-" + i);
            thread.setDaemon(true);
            thread.start();
            load.clients.add(thread);
        }
        return load;
    }

    /** Waits until there are so many verdicts more. */
    public void awaitVerdicts(int more) {
        int wanted = acknowledged.size() + more;
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> acknowledged.size() >= wanted);
    }

    /** Lets every client finish what it waits for. */
    public void stop() throws InterruptedException {
        stopped = true;
        for (Thread thread : clients) {
            thread.join();
        }
    }

    /** What was answered with a verdict. */
    public List<Verdict> acknowledged() {
        return List.copyOf(acknowledged.values());
    }

    /** How many were answered otherwise, or not at all. */
    public int open() {
        return open.size();
    }

    /**
     * Sends everything again: what has a verdict must get the same one, what has none gets one now.
     *
     * @return all verdicts
     */
    public List<Verdict> settle() {
        // As many at once as there were clients: after many kills there is much to ask.
        Queue<String> left = new ConcurrentLinkedQueue<>(acknowledged.keySet());
        left.addAll(open);
        open.clear();
        List<CompletableFuture<Void>> settling = clients.stream()
                .map(thread -> CompletableFuture.runAsync(() -> settle(left), task -> new Thread(task).start()))
                .toList();
        settling.forEach(CompletableFuture::join);
        return acknowledged();
    }

    private void settle(Queue<String> left) {
        for (String proposal = left.poll(); proposal != null; proposal = left.poll()) {
            Verdict verdict = client.insist(key, proposal, PATIENCE);
            assertThat(acknowledged.getOrDefault(proposal, verdict))
                    .as("the one verdict of a proposal")
                    .isEqualTo(verdict);
            acknowledged.put(proposal, verdict);
        }
    }

    private void propose() {
        while (!stopped) {
            String proposal = client.newProposal();
            Answer answer = client.decide(key, proposal);
            if (answer.status() == 200) {
                acknowledged.put(proposal, answer.verdict());
            } else {
                open.add(proposal);
            }
        }
    }
}
