package io.leeway.decision;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.leeway.api.json.ProposalReader;
import io.leeway.ledger.EntryDraft;
import io.leeway.ledger.Hashes;
import io.leeway.ledger.Ledger;
import io.leeway.ledger.PositionedId;
import io.leeway.ledger.SeededLedger;
import io.leeway.model.Activity;
import io.leeway.model.Actor;
import io.leeway.model.Directive;
import io.leeway.model.Permit;
import io.leeway.model.Stage;
import io.leeway.model.Verdict;
import io.leeway.policy.compile.CompiledPolicy;
import io.leeway.policy.release.EarlierPolicy;
import io.leeway.server.EmbeddedDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.LogContext;

/**
 * Fills a new ledger with decisions as if they had been made over a time: the examples' proposals again and again, each
 * with an id and a subject of its own, decided by the shipped policy for an agent that nobody staged.
 *
 * <p>{@code java … EarlierDecisions <data directory> <number> [<days>]} makes the embedded database of a service that is
 * then started on that data directory.
 */
public final class EarlierDecisions {
    private static final int PART = 2_000;
    /** Examples with small records, so that ten million of them fit into 45 GB; one of the four belongs to a trace. */
    private static final Set<String> EXAMPLES = Set.of(
            "02-fresh-billing-adjustment.json",
            "06-contract-renegotiation.json",
            "07-safety-hold.json",
            "08-refund-in-unlisted-currency.json");

    private static final String WITH_TRACE = "02-fresh-billing-adjustment.json";
    private static final Actor PLATFORM = new Actor(Actor.LEEWAY, "platform");

    private final Ledger ledger;
    private final CompiledPolicy policy;
    private final List<String> bodies;
    private final Instant first;
    private final long stepNanos;
    private final int observedEvery;

    static {
        // As in the service: outside Quarkus nothing sets a level, and Drools then spells out every fact that it
        // traces.
        LogContext.getLogContext().getLogger("").setLevel(Level.WARN);
    }

    private EarlierDecisions(
            Ledger ledger, CompiledPolicy policy, Instant first, Instant last, long number, int observedEvery)
            throws IOException {
        this.observedEvery = observedEvery;
        this.ledger = ledger;
        this.policy = policy;
        this.bodies = bodies(Path.of("examples"));
        this.first = first;
        this.stepNanos = Duration.between(first, last).dividedBy(number + 1).toNanos();
    }

    /** Fills the ledger, which must be without entries. */
    public static void fill(AgroalDataSource source, String realm, long number, Instant first, Instant last)
            throws Exception {
        fill(source, realm, number, first, last, 0);
    }

    /**
     * The same, where some are only observed.
     *
     * @param observedEvery each so manieth position holds an observed one; 0 for none
     */
    public static void fill(
            AgroalDataSource source, String realm, long number, Instant first, Instant last, int observedEvery)
            throws Exception {
        Ledger ledger = SeededLedger.ledger(source, realm);
        CompiledPolicy policy;
        try (Connection connection = source.getConnection()) {
            SeededLedger.partitions(connection, first);
            List<Path> directories = List.of(Path.of("decision-tables"), Path.of("rules"));
            policy = EarlierPolicy.inForce(connection, ledger, directories, first);
            connection.setAutoCommit(true);
        }
        EarlierDecisions decisions = new EarlierDecisions(ledger, policy, first, last, number, observedEvery);
        try (SeededLedger seeded = new SeededLedger(source, ledger)) {
            seeded.also("trace_step", "realm, position, depth");
            seeded.also("trace_repeat", "realm, trace, repeat, times");
            decisions.copy(seeded, number);
            seeded.finish();
        }
        new DecisionSummaries(ledger, new DecisionSummaryRows()).follow();
    }

    private void copy(SeededLedger seeded, long number) throws Exception {
        int threads = Runtime.getRuntime().availableProcessors();
        ExecutorService builders = Executors.newFixedThreadPool(threads);
        Queue<Future<SeededLedger.Part>> building = new ArrayDeque<>();
        long start = seeded.position();
        long begun = 0;
        long done = 0;
        while (done < number) {
            while (building.size() < threads + 2 && begun < number) {
                long from = start + begun;
                int count = (int) Math.min(PART, number - begun);
                building.add(builders.submit(() -> part(from, count)));
                begun += count;
            }
            SeededLedger.Part part = building.remove().get();
            seeded.append(part);
            long before = done;
            done = Math.min(number, done + PART);
            if (before / 500_000 < done / 500_000) {
                System.out.println(done + " decisions");
            }
        }
        builders.shutdown();
    }

    private SeededLedger.Part part(long from, int count) {
        SeededLedger.Part part = new SeededLedger.Part(ledger.realm(), from, 2);
        SplittableRandom random = new SplittableRandom(~from);
        for (long position = from; position < from + count; position++) {
            add(part, position, random);
        }
        return part;
    }

    private void add(SeededLedger.Part part, long position, SplittableRandom random) {
        Instant now = first.plusNanos(stepNanos * position).truncatedTo(ChronoUnit.MICROS);
        String body = bodies.get((int) (position % bodies.size()))
                .replace("{{run}}", "earlier-" + position)
                .replace("{{now}}", now.minusSeconds(60).toString());
        SentProposal sent = ProposalReader.read(body.getBytes(StandardCharsets.UTF_8));
        Submission submission = Submission.of(ledger, sent);
        Circumstances circumstances = new Circumstances(now, Stage.SUPERVISED, List.of(), 0, 0, Activity.NONE, policy);
        Verdict verdict = Assessment.of(circumstances.derive(sent.proposal()), circumstances, Duration.ofMinutes(1));
        UUID id = PositionedId.at(now, position, random::nextLong);
        boolean observed = observedEvery > 0 && position % observedEvery == 0;
        Permit permit = !observed && verdict.directive() == Directive.PROCEED && verdict.expiresAt() != null
                ? new Permit(PositionedId.at(now, position, random::nextLong), verdict.expiresAt())
                : null;
        byte[] matched = VerdictJson.matched(verdict.matched());
        EntryDraft draft = DecisionRecord.draft(id, submission, circumstances, verdict, permit, PLATFORM, matched);
        part.add(position, now, observed ? DecisionRecord.observed(draft, submission, verdict, 0) : draft);
        if (submission.step() != null) {
            part.other(0).row(ledger.realm(), position, 0L);
            part.other(1)
                    .row(
                            ledger.realm(),
                            submission.step().trace(),
                            submission.step().repeat(),
                            1L);
        }
    }

    /** The examples' proposals, with placeholders for the run and the time. */
    private static List<String> bodies(Path directory) throws IOException {
        List<String> bodies = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (EXAMPLES.contains(name)) {
                    ObjectNode proposal = (ObjectNode) new ObjectMapper()
                            .readTree(Files.readAllBytes(file))
                            .get("proposal");
                    if (!name.equals(WITH_TRACE)) {
                        proposal.remove("trace");
                    }
                    ObjectNode subject = (ObjectNode) proposal.get("subject");
                    subject.put("id", subject.get("id").asText() + "-{{run}}");
                    bodies.add(proposal.toString().replaceAll("\\{\\{now[^}]*}}", "{{now}}"));
                }
            }
        }
        return bodies;
    }

    public static void main(String... arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        long number = Long.parseLong(arguments[1]);
        long days = arguments.length > 2 ? Long.parseLong(arguments[2]) : 365;
        EmbeddedDatabase.open(directory).close();
        Path settings = directory.resolve("postgres/data/postgresql.auto.conf");
        String before = Files.readString(settings);
        Files.writeString(
                settings,
                "wal_level = minimal\nmax_wal_senders = 0\nmax_wal_size = '4GB'\nautovacuum = off\n",
                StandardOpenOption.APPEND);
        long started = System.nanoTime();
        try (EmbeddedDatabase database = EmbeddedDatabase.open(directory)) {
            try (AgroalDataSource source = migrated(database)) {
                Instant last = Instant.now().minusSeconds(60);
                fill(source, "default", number, last.minus(Duration.ofDays(days)), last);
                try (Connection connection = source.getConnection();
                        var vacuum = connection.createStatement()) {
                    vacuum.execute("vacuum analyze");
                }
                System.out.printf(
                        "%d decisions in %d s, root %s%n",
                        number,
                        (System.nanoTime() - started) / 1_000_000_000,
                        Hashes.prefixed(
                                SeededLedger.ledger(source, "default").head().root()));
            }
        } finally {
            Files.writeString(settings, before);
        }
        System.exit(0);
    }

    /** Connections to a database with all its tables. */
    public static AgroalDataSource migrated(EmbeddedDatabase database) throws SQLException {
        Flyway.configure()
                .dataSource(database.jdbcUrl(), database.username(), database.password())
                .locations("classpath:db/migration")
                .load()
                .migrate();
        return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(pool -> pool.maxSize(8)
                        .connectionFactoryConfiguration(factory -> factory.jdbcUrl(database.jdbcUrl())
                                .principal(new NamePrincipal(database.username()))
                                .credential(new SimplePassword(database.password())))));
    }
}
