package io.leeway.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.model.Actor;
import io.leeway.model.Directive;
import io.leeway.model.Mode;
import io.leeway.model.Money;
import io.leeway.model.Permit;
import io.leeway.model.ReasonCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The bytes of header v1 are final: a leaf of the tree is their hash. A golden file here is never changed; another form of
 * header gets another schema number, and files of its own.
 */
class EntryDraftTest {
    private static final Instant TIME = Instant.parse("2026-11-22T09:00:00.5Z");
    private static final UUID ID = UUID.fromString("019aab30-7d00-7abc-8000-049dc0012345");
    private static final String DIGEST = "sha256:" + "ab".repeat(32);
    private static final String TAG = "0123456789abcdef".repeat(4);
    private static final Actor BOT = new Actor(Actor.LEEWAY, "billing platform");
    private static final Actor ALICE = new Actor("https://id.example", "alice@example.com");

    @TestFactory
    List<DynamicTest> theBytesOfEachKindAreTheGoldenFiles() {
        List<DynamicTest> tests = new ArrayList<>();
        drafts().forEach((name, draft) -> tests.add(DynamicTest.dynamicTest(name, () -> {
            byte[] commitment = Hashes.sha256(name.getBytes(UTF_8));
            byte[] header = draft.header("default", 4711, TIME, name.endsWith("-bare") ? null : commitment);
            String text = new String(header, UTF_8);
            assertThat(text).isEqualTo(golden(name));
            assertThat(new JsonCanonicalizer(text).getEncodedString()).isEqualTo(text);
        })));
        return tests;
    }

    @Test
    void absentMembersAreOmitted() {
        EntryDraft draft =
                EntryDraft.of(new EntryKind("x"), BOT).amount(null).permit(null).tags(Tags.NONE);
        assertThat(JsonReader.object(draft.header("default", 0, TIME, null)).members())
                .containsOnlyKeys("actor", "kind", "position", "realm", "schema", "time");
    }

    @Test
    void theOrderOfCallsDoesNotShow() {
        EntryKind kind = new EntryKind("x");
        byte[] one = EntryDraft.of(kind, BOT).agent("a").ref(3).header("default", 0, TIME, null);
        byte[] other = EntryDraft.of(kind, BOT).ref(3).agent("a").header("default", 0, TIME, null);
        assertThat(one).isEqualTo(other);
    }

    private static Map<String, EntryDraft> drafts() {
        Map<String, EntryDraft> drafts = new LinkedHashMap<>();
        drafts.put(
                "decision",
                decision("decision", Mode.AUTONOMOUS, Directive.PROCEED, List.of(ReasonCode.AUTHORITY))
                        .permit(new Permit(ID, TIME.plusSeconds(60))));
        drafts.put(
                "decision-in-doubt",
                of("decision", BOT)
                        .decisionId(ID)
                        .agent("b\u00f6t \"7\"\n")
                        .actionType("billing.adjust")
                        .mode(Mode.HUMAN_IN_CONTROL)
                        .directive(Directive.HAND_OVER)
                        .reasonCodes(List.of(ReasonCode.NO_POLICY))
                        .rules(List.of())
                        .actionDigest(DIGEST)
                        .tags(Tags.NONE.with(Tags.SUBJECT, TAG).with(Tags.SUBJECT_ID, TAG)));
        drafts.put(
                "redecision",
                decision("redecision", Mode.HUMAN_IN_THE_LOOP, Directive.AWAIT_APPROVAL, List.of(ReasonCode.SAFEGUARD))
                        .ref(4000));
        drafts.put(
                "permit.consume-bare",
                of("permit.consume", BOT)
                        .decisionId(ID)
                        .agent("billing-bot")
                        .actionType("billing.adjust")
                        .actionDigest(DIGEST)
                        .ref(4710));
        drafts.put("stop-all", of("stop", ALICE));
        drafts.put("stop-agent", of("stop", ALICE).agent("billing-bot"));
        drafts.put("stop-action", of("stop", ALICE).actionType("billing.*"));
        drafts.put(
                "stop-subject",
                of("stop", ALICE).tags(Tags.NONE.with(Tags.SUBJECT, TAG).with(Tags.SUBJECT_ID, TAG)));
        drafts.put("stop-trace", of("stop", ALICE).tags(Tags.NONE.with(Tags.TRACE, TAG)));
        drafts.put(
                "stop.release-request",
                of("stop.release-request", ALICE).agent("billing-bot").ref(12));
        drafts.put("stop.release", of("stop.release", BOT).agent("billing-bot").ref(12));
        drafts.put(
                "stage",
                of("stage", ALICE).agent("billing-bot").actionType("billing.*").mode(Mode.HUMAN_IN_THE_LOOP));
        drafts.put("key.create", of("key.create", Actor.INSTALLATION));
        drafts.put(
                "record.retention-bare",
                of("record.retention", Actor.INSTALLATION).erased(12, 4710));
        drafts.put("key.revoke", of("key.revoke", ALICE).ref(0));
        drafts.put(
                "decision-observed",
                decision("decision", Mode.HUMAN_IN_THE_LOOP, Directive.PROCEED, List.of(ReasonCode.STAGE))
                        .unenforced()
                        .ref(4000));
        drafts.put("key.observe", of("key.observe", ALICE).ref(12).until(TIME.plusSeconds(3600)));
        drafts.put("key.enforce", of("key.enforce", BOT).ref(12).until(null));
        return drafts;
    }

    private static EntryDraft decision(String kind, Mode mode, Directive directive, List<ReasonCode> codes) {
        return of(kind, BOT)
                .decisionId(ID)
                .agent("billing-bot")
                .actionType("billing.adjust")
                .mode(mode)
                .directive(directive)
                .reasonCodes(codes)
                .rules(List.of("LIM-01", "STAGE", "FRESH-02"))
                .policy(DIGEST)
                .amount(new Money(new BigDecimal("120.00"), "USD"))
                .actionDigest(DIGEST)
                .tags(new Tags(Map.of(Tags.SUBJECT, TAG, Tags.SUBJECT_ID, TAG, Tags.TRACE, TAG, Tags.REPEAT, TAG)));
    }

    private static EntryDraft of(String kind, Actor actor) {
        return EntryDraft.of(new EntryKind(kind), actor);
    }

    private static String golden(String name) {
        String path = "/golden/header-v1/" + name + ".json";
        try (InputStream file = EntryDraftTest.class.getResourceAsStream(path)) {
            assertThat(file).as(path).isNotNull();
            return new String(file.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
