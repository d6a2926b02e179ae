package io.leeway.activity;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.ledger.EntryDraft;
import io.leeway.ledger.EntryKind;
import io.leeway.ledger.LedgerFixture;
import io.leeway.ledger.LedgerTransaction;
import io.leeway.ledger.Tags;
import io.leeway.model.ActivityQuery;
import io.leeway.model.ActivityQuery.Measure;
import io.leeway.model.ActivityQuery.Scope;
import io.leeway.model.ActivityWindow;
import io.leeway.model.Actor;
import io.leeway.model.Directive;
import io.leeway.model.Mode;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Series that begin and cease to be kept: whatever is asked is answered with all that happened, by every writer. */
class KeptSeriesIT {
    private static final EntryKind DECISION = new EntryKind("decision");
    private static final EntryKind NOTE = new EntryKind("test.note");
    private static final ActivityEvent EVENT = new ActivityEvent("a-bot", "pay", "5b", null, "7e", null);
    private static final ActivityQuery HOUR = count(Duration.ofHours(1));
    private static final ActivityQuery DAY = count(Duration.ofDays(1));
    private static final ActivityQuery WEEK = count(Duration.ofDays(7));

    private Writer here;
    private Writer there;
    private int decided;

    @BeforeEach
    void open() throws SQLException {
        LedgerFixture first = LedgerFixture.open();
        here = new Writer(first);
        there = new Writer(first.another());
    }

    @AfterEach
    void close() throws SQLException {
        here.fixture.close();
        there.fixture.close();
    }

    /** One process. */
    private static final class Writer {
        private final LedgerFixture fixture;
        private final KeptSeries kept;
        private final SeriesFilling filling;

        Writer(LedgerFixture fixture) {
            this.fixture = fixture;
            this.kept = fixture.follow(new KeptSeries());
            this.filling = new SeriesFilling(fixture.ledger(), kept);
        }

        boolean prepare(ActivityQuery... queries) throws SQLException {
            return fixture.in(tx -> filling.prepare(tx, List.of(queries)));
        }

        /** Until it can be answered, with what has to be filled beside the lane. */
        void gather(ActivityQuery... queries) throws SQLException {
            while (!prepare(queries)) {
                filling.fill();
            }
        }

        int retain(ActivityQuery... queries) throws SQLException {
            return fixture.in(tx -> kept.retain(tx, List.of(queries)));
        }

        boolean answers(ActivityQuery query) throws SQLException {
            return fixture.in(tx -> kept.answer(List.of(query)));
        }

        long told(ActivityQuery query) throws SQLException {
            return fixture.in(tx -> new RecentActivity(tx.realm(), kept, new FullJournals())
                    .before(tx, EVENT, List.of(query))
                    .before()
                    .get(query.text())
                    .number()
                    .longValueExact());
        }

        void decide(int times) throws SQLException {
            fixture.in(tx -> {
                RecentActivity activity = new RecentActivity(tx.realm(), kept, new FullJournals());
                for (int i = 0; i < times; i++) {
                    append(tx, activity);
                }
                activity.writeWith(tx);
                return null;
            });
        }

        private static void append(LedgerTransaction tx, RecentActivity activity) {
            UUID id = tx.newId();
            tx.append(EntryDraft.of(DECISION, Actor.INSTALLATION)
                    .decisionId(id)
                    .agent(EVENT.agent())
                    .actionType(EVENT.actionType())
                    .mode(Mode.HUMAN_IN_CONTROL)
                    .directive(Directive.HAND_OVER)
                    .tags(Tags.NONE.with(Tags.SUBJECT, EVENT.subject()).with(Tags.REPEAT, EVENT.repeat())));
            activity.decided(tx.now(), EVENT, id, Allowed.by(null, true, Mode.HUMAN_IN_CONTROL, Directive.HAND_OVER));
        }

        void note() throws SQLException {
            fixture.in(tx -> tx.append(EntryDraft.of(NOTE, Actor.INSTALLATION)));
        }
    }

    /** Few are filled while the head row is held, many beside; each with nothing but what belongs to it. */
    @ParameterizedTest
    @ValueSource(ints = {3, 700})
    void whatBeginsAtTheSamePositionIsFilledByItself(int before) throws SQLException {
        decide(here, before);
        for (ActivityQuery query : List.of(HOUR, DAY, WEEK)) {
            here.gather(query);
        }
        decide(there, 2);
        for (ActivityQuery query : List.of(HOUR, DAY, WEEK)) {
            assertThat(here.told(query)).as(query.text()).isEqualTo(decided);
            assertThat(there.told(query)).as(query.text()).isEqualTo(decided);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 700})
    void whatNobodyAsksForIsDroppedForAllAndGatheredAnewWhenItIsAskedForAgain(int before) throws SQLException {
        decide(here, before);
        here.gather(HOUR, DAY);
        decide(there, 4);
        assertThat(here.retain(HOUR)).isEqualTo(1);
        assertThat(there.answers(DAY)).isFalse();
        assertThat(there.answers(HOUR)).isTrue();
        assertThat(there.retain(HOUR)).isZero();
        decide(there, 5);
        there.gather(DAY);
        decide(here, 6);
        assertThat(here.told(DAY)).isEqualTo(decided);
        assertThat(there.told(HOUR)).isEqualTo(decided);
    }

    /** Otherwise a later keeping could begin at the same position, and be filled on top of what the first one left. */
    @Test
    void whatBeganAtTheVeryEndOfTheLedgerStaysUntilTheLedgerGoesOn() throws SQLException {
        decide(here, 3);
        here.gather(HOUR);
        assertThat(here.retain()).isZero();
        assertThat(here.kept.hasMoreThan(List.of(), 3)).isFalse();
        assertThat(here.kept.hasMoreThan(List.of(), 4)).isTrue();
        here.note();
        assertThat(here.retain()).isEqualTo(1);
        there.gather(HOUR);
        assertThat(there.told(HOUR)).isEqualTo(decided);
    }

    /** Somebody waits for it. */
    @Test
    void whatIsStillBeingFilledStays() throws SQLException {
        decide(here, 700);
        assertThat(here.prepare(HOUR)).isFalse();
        here.note();
        assertThat(here.retain()).isZero();
        here.gather(HOUR);
        assertThat(here.told(HOUR)).isEqualTo(decided);
        assertThat(here.retain()).isEqualTo(1);
    }

    private void decide(Writer writer, int times) throws SQLException {
        writer.decide(times);
        decided += times;
    }

    private static ActivityQuery count(Duration window) {
        return new ActivityQuery(
                "activity.count(\"agent\", \"" + window + "\")",
                Measure.COUNT,
                Scope.AGENT,
                "",
                new ActivityWindow.Sliding(window));
    }
}
