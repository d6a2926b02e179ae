package io.leeway.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.activity.ActivityEvent;
import io.leeway.api.json.JsonCases;
import io.leeway.api.json.ProposalReader;
import io.leeway.ledger.CanonicalJson;
import io.leeway.ledger.Tags;
import io.leeway.model.Activity;
import io.leeway.model.Stage;
import io.leeway.model.StopLevel;
import io.leeway.policy.PolicyTables;
import io.leeway.testing.Story;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What was recorded is read back as it was decided on: every body that is accepted, and the stories. */
class RecordedFactsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T09:00:00.000001Z");
    private static final String FULL = """
            {"action":{"id":"a","type":"t","summary":"s","amount":{"value":"120.00","currency":"USD"},"confidence":0.930,
              "reversible":false,"supersedes":"b","attributes":{"text":"x","one":1,"million":1e6,"half":0.50,"tiny":1e-7,"big":1e20,"yes":true}},
             "agent":{"id":"bot","operator":"ops","onBehalfOf":"user:alice"},"subject":{"type":"account","id":"A-1","attributes":{"tier":"gold","balance":120.5,"closed":false}},
             "evidence":[{"name":"e","source":"db","observedAt":"2026-11-22T10:00:00.5+02:00","schema":"v3","lineage":["db","cdc"],
               "digest":"sha256:00","values":{"a":null,"b":[1,{"c":true}]}},{"name":"undated"}],
             "trace":{"id":"tr","parent":"0190A0B1-0000-7000-8000-000000000001","goal":"g"},"context":{"any":["thing"]}}""";

    static Stream<Arguments> bodies() {
        return Stream.of(
                        JsonCases.in("accepted-json").map(one -> Arguments.of(one.name(), one.body())),
                        Story.all().stream()
                                .map(story -> Arguments.of(
                                        story.name(), story.proposal().getBytes(StandardCharsets.UTF_8))),
                        Stream.of(Arguments.of("every member", FULL.getBytes(StandardCharsets.UTF_8))))
                .flatMap(it -> it);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void areReadBackAsTheyWereDecidedOn(String name, byte[] body) {
        SentProposal sent = ProposalReader.read(body);
        UUID stop = UUID.fromString("01990000-0000-7000-8000-000000000001");
        List<RecordedFacts.StopInScope> stops = List.of(
                new RecordedFacts.StopInScope(stop, StopLevel.HALT, "odd"),
                new RecordedFacts.StopInScope(stop, StopLevel.APPROVE_ALL, "odder"));
        Circumstances circumstances = new Circumstances(NOW, Stage.LIMITED, stops, 3, 2, Activity.NONE, null);
        Submission submission = new Submission(
                sent.proposal(),
                CanonicalJson.bytes(sent.body()),
                new byte[16],
                new byte[32],
                Submission.actionDigest(sent.body()),
                new Tags(Map.of()),
                new ActivityEvent("", "", "", null, "", null),
                null);
        byte[] facts = DecisionRecord.facts(submission, circumstances);
        assertThat(new String(facts, StandardCharsets.UTF_8))
                .as("a level is written where it is no halt, so that older records stay what they are")
                .contains("\"stops\":[{\"id\":\"" + stop + "\",\"reason\":\"odd\"},{\"id\":\"" + stop
                        + "\",\"level\":\"APPROVE_ALL\",\"reason\":\"odder\"}]");
        RecordedFacts read = RecordedFacts.read(facts);
        assertThat(read.sent()).isEqualTo(sent.proposal());
        assertThat(read.proposal(new PolicyTables(List.of(), Map.of(), Map.of())))
                .isEqualTo(circumstances.derive(sent.proposal()));
        assertThat(read.stops()).isEqualTo(stops);
    }
}
