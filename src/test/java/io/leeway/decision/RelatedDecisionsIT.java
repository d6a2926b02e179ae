package io.leeway.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.ledger.EntryDraft;
import io.leeway.ledger.EntryKind;
import io.leeway.ledger.Ledger;
import io.leeway.ledger.LedgerFixture;
import io.leeway.ledger.Tags;
import io.leeway.model.Actor;
import io.leeway.model.Subject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is found of a subject and of a trace is what looking through the whole ledger finds. */
class RelatedDecisionsIT {
    private static final List<String> KINDS =
            List.of("decision", "permit.consumption", "stop", "stop.release", "stopgap", "key.create");
    private static final List<String> AGENTS = List.of("a", "b", "c");

    private LedgerFixture fixture;
    private RelatedDecisions related;

    @BeforeEach
    void open() throws SQLException {
        fixture = LedgerFixture.open();
        related = DecidedProposals.related(fixture.ledger());
    }

    @AfterEach
    void close() throws SQLException {
        fixture.close();
    }

    /** What an entry is about; for a stop, the name that it was given. */
    private record Written(
            long position,
            String kind,
            String agent,
            String subject,
            @Nullable String trace) {
        boolean isStop() {
            return kind.equals("stop") || kind.startsWith("stop.");
        }
    }

    @Test
    void whatIsFoundIsWhatLookingThroughTheLedgerFinds() throws SQLException, IOException {
        long seed = 20261123;
        Random random = new Random(seed);
        List<Written> written = new ArrayList<>();
        for (int batch = 0; batch < 8; batch++) {
            fixture.in(tx -> {
                for (int i = 0; i < 25; i++) {
                    written.add(write(random, tx.position(), tx::append));
                }
                return null;
            });
            // Now and then, so that the projection grows in steps.
            check(written, random, "seed " + seed);
        }
        String before = events();
        fixture.sql("delete from subject_event where realm = ?");
        assertThat(events()).isNotEqualTo(before);
        fill();
        assertThat(events()).as("as the migration fills it").isEqualTo(before);
    }

    private Written write(Random random, long position, Consumer<EntryDraft> append) {
        Ledger ledger = fixture.ledger();
        String kind = KINDS.get(random.nextInt(KINDS.size()));
        String agent = AGENTS.get(random.nextInt(AGENTS.size()));
        String type = random.nextBoolean() ? "account" : "invoice";
        String id = "S-" + random.nextInt(2);
        String trace = random.nextInt(3) == 0 ? null : "tr-" + random.nextInt(3);
        EntryDraft draft =
                EntryDraft.of(new EntryKind(kind), Actor.INSTALLATION).agent(agent);
        String name = type + "/" + id;
        Tags tags = Tags.NONE;
        if (kind.equals("stop") || kind.startsWith("stop.")) {
            name = List.of(type + "/" + id, type + ":" + id, id).get(random.nextInt(3));
            tags = tags.with(Tags.SUBJECT_ID, ledger.tag(Tags.SUBJECT_ID, name));
            if (!name.equals(id)) {
                tags = tags.with(Tags.SUBJECT, ledger.tag(Tags.SUBJECT, type + "/" + id));
            }
        } else if (!kind.startsWith("key")) {
            tags = tags.with(Tags.SUBJECT, ledger.tag(Tags.SUBJECT, name))
                    .with(Tags.SUBJECT_ID, ledger.tag(Tags.SUBJECT_ID, id));
            tags = trace == null ? tags : tags.with(Tags.TRACE, ledger.tag(Tags.TRACE, trace));
        } else {
            name = "";
        }
        draft.tags(tags);
        if (kind.equals("decision")) {
            draft.terms(Stream.concat(
                            Stream.of(SearchTerm.agent(agent)),
                            tags.byKind().values().stream().map(SearchTerm::tag))
                    .mapToLong(Long::longValue)
                    .toArray());
        }
        append.accept(draft);
        return new Written(position, kind, agent, name, trace);
    }

    private void check(List<Written> written, Random random, String as) throws SQLException {
        Subject subject = new Subject(random.nextBoolean() ? "account" : "invoice", "S-" + random.nextInt(2));
        String trace = "tr-" + random.nextInt(3);
        Set<String> agents = random.nextBoolean() ? Set.of() : Set.of("a", "b");
        long after = random.nextInt(3) == 0 ? -1 : random.nextInt(written.size());
        int limit = 1 + random.nextInt(40);
        String typed = subject.type() + "/" + subject.id();
        Set<String> names = Set.of(typed, subject.type() + ":" + subject.id(), subject.id());
        List<Written> decisions = written.stream()
                .filter(one -> one.kind().equals("decision"))
                .filter(one -> agents.isEmpty() || agents.contains(one.agent()))
                .toList();
        assertThat(related.ofTrace(trace, agents, after, limit))
                .as(as)
                .isEqualTo(positions(
                        decisions.stream().filter(one -> Objects.equals(one.trace(), trace)), after, limit));
        assertThat(related.countOfTrace(trace, agents))
                .as(as)
                .isEqualTo(decisions.stream()
                        .filter(one -> Objects.equals(one.trace(), trace))
                        .count());
        assertThat(related.ofSubject(subject, agents, after, limit))
                .as(as)
                .isEqualTo(
                        positions(decisions.stream().filter(one -> one.subject().equals(typed)), after, limit));
        assertThat(related.eventsOf(subject, after, limit))
                .as(as)
                .isEqualTo(positions(
                        written.stream()
                                .filter(one -> !one.kind().equals("decision"))
                                .filter(one -> one.isStop()
                                        ? names.contains(one.subject())
                                        : one.subject().equals(typed)),
                        after,
                        limit));
    }

    private static List<Long> positions(Stream<Written> written, long after, int limit) {
        return written.map(Written::position)
                .filter(position -> position > after)
                .limit(limit)
                .toList();
    }

    /** Everything in the projection, in one text. */
    private String events() throws SQLException {
        return fixture.ledger().query(connection -> {
            try (var select = connection.prepareStatement(
                    "select coalesce(string_agg(term || ' ' || position, ',' order by term, position), '') from subject_event where realm = ?")) {
                select.setString(1, fixture.ledger().realm());
                try (var row = select.executeQuery()) {
                    row.next();
                    return row.getString(1);
                }
            }
        });
    }

    /** The statement of the migration, for this realm alone. */
    private void fill() throws SQLException, IOException {
        try (InputStream migration =
                RelatedDecisionsIT.class.getResourceAsStream("/db/migration/V13__traces_and_stages.sql")) {
            String text = new String(migration.readAllBytes(), StandardCharsets.UTF_8);
            String insert =
                    text.substring(text.indexOf("insert into subject_event")).replace(";", "");
            fixture.sql(insert + " and realm = ?");
        }
    }
}
