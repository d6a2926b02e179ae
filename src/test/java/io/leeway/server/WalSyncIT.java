package io.leeway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leeway.testing.DecisionClient;
import io.leeway.testing.DecisionClient.Answer;
import io.leeway.testing.PackagedService;
import io.leeway.testing.Signals;
import io.leeway.testing.SystemCalls;
import io.leeway.testing.SystemCalls.Call;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Between each request and its reply PostgreSQL has flushed its log to the disk, as the system calls of both show. A kill
 * cannot show it, for what was written survives in the operating system's memory. With {@code fsync=off} the same look
 * finds no flush.
 */
class WalSyncIT {
    private static final int REPLIES = Boolean.getBoolean("leeway.test.full") ? 1000 : 50;
    /** A tracer may miss what a new thread does first. */
    private static final int SPARE = 5;

    private static final String CALLS = "fdatasync,fsync,write,writev,sendto,sendmsg";
    private static final Pattern REPLY = Pattern.compile("\\\\\"decisionId\\\\\":\\\\\"([0-9a-f-]{36})");

    @TempDir
    Path directory;

    @Test
    void flushesBeforeItAnswers() throws Exception {
        assumeTrue(SystemCalls.canBeTraced(), "strace is not installed, or may not trace here");
        try (RestartablePostgres postgres = RestartablePostgres.create(directory);
                PackagedService service = PackagedService.start(directory, postgres.environment(postgres.port()))) {
            DecisionClient client = new DecisionClient(service.awaitAddress());
            String agent = client.createKey(Files.readString(directory.resolve("data/admin.key")), "agents", "agent");
            Seen safe = seenReplies(postgres, service, client, agent);
            assertThat(safe.flushed())
                    .as("replies with a flush of the log before them")
                    .isEqualTo(safe.replies());
            postgres.stop();
            postgres.start(Map.of("fsync", "off"));
            Seen unsafe = seenReplies(postgres, service, client, agent);
            assertThat(unsafe.flushed()).as("the same with fsync=off").isZero();
            System.out.printf(
                    "flush before answer: %d of %d replies; with fsync=off %d of %d%n",
                    safe.flushed(), safe.replies(), unsafe.flushed(), unsafe.replies());
        }
    }

    /**
     * Replies that were seen on their way out, now and then one is not.
     *
     * @param flushed those for which the log was flushed after the request was sent and before the reply was
     */
    private record Seen(int replies, int flushed) {}

    private Seen seenReplies(RestartablePostgres postgres, PackagedService service, DecisionClient client, String agent)
            throws Exception {
        client.insist(agent, client.newProposal(), Duration.ofSeconds(10));
        List<Long> traced = new ArrayList<>(Signals.family(postgres.postmaster()));
        traced.add(service.pid());
        SystemCalls trace = SystemCalls.trace(Files.createTempDirectory(directory, "calls"), traced, CALLS);
        List<Answer> answers = new ArrayList<>();
        List<Call> calls;
        try {
            for (int i = 0; i < REPLIES + SPARE; i++) {
                answers.add(client.decide(agent, client.newProposal()));
            }
        } finally {
            calls = trace.stop();
        }
        Map<String, Instant> replies = replies(calls);
        List<Instant> flushes = calls.stream()
                .filter(call -> call.name().endsWith("sync")
                        && call.result() == 0
                        && call.arguments().contains("/pg_wal/"))
                .map(Call::end)
                .toList();
        int seen = 0;
        int flushed = 0;
        for (Answer answer : answers) {
            Instant reply = replies.get(answer.verdict().decisionId());
            if (reply == null) {
                continue;
            }
            seen++;
            flushed += flushes.stream().anyMatch(end -> end.isAfter(answer.sent()) && end.isBefore(reply)) ? 1 : 0;
        }
        assertThat(seen).as("replies that were seen").isGreaterThanOrEqualTo(REPLIES);
        return new Seen(seen, flushed);
    }

    /** When the service began to write each decision's reply. */
    private static Map<String, Instant> replies(List<Call> calls) {
        Map<String, Instant> replies = new HashMap<>();
        for (Call call : calls) {
            Matcher reply = REPLY.matcher(call.arguments());
            if (call.arguments().contains("HTTP/1.1 200") && reply.find()) {
                replies.put(reply.group(1), call.begin());
            }
        }
        return replies;
    }
}
