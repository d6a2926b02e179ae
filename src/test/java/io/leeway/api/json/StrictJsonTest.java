package io.leeway.api.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.leeway.decision.SentProposal;
import io.leeway.ledger.CanonicalJson;
import io.leeway.model.Refusal;
import io.leeway.model.Stage;
import io.leeway.model.Violation;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StrictJsonTest {
    private static final int ROUNDS = Boolean.getBoolean("leeway.test.full") ? 2_000_000 : 30_000;

    static Stream<JsonCases.JsonCase> accepted() {
        return JsonCases.in("accepted-json");
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void whatWasReadIsWrittenAsAnotherLibraryCanonicalisesIt(JsonCases.JsonCase allowed) throws Exception {
        Object tree = StrictJson.read(allowed.body()).sound();
        assertThat(CanonicalJson.text(tree)).isEqualTo(new JsonCanonicalizer(allowed.body()).getEncodedString());
    }

    @Test
    void everyAcceptedNumberIsWrittenAsAnotherLibraryWritesItsDouble() throws Exception {
        long seed = 815;
        Random random = new Random(seed);
        int accepted = 0;
        for (int i = 0; i < ROUNDS; i++) {
            String number = number(random);
            byte[] body = ("[" + number + "]").getBytes(StandardCharsets.UTF_8);
            JsonDocument document = StrictJson.read(body);
            if (document.faults().isEmpty()) {
                accepted++;
                assertThat(CanonicalJson.text(document.tree()))
                        .as("seed %s, number %s", seed, number)
                        .isEqualTo(new JsonCanonicalizer(body).getEncodedString());
            }
        }
        assertThat(accepted).isGreaterThan(ROUNDS / 4);
    }

    private static String number(Random random) {
        StringBuilder text = new StringBuilder(random.nextBoolean() ? "-" : "");
        int whole = random.nextInt(9);
        text.append(whole == 0 ? "0" : "" + (1 + random.nextInt(9)) + digits(random, whole));
        if (random.nextBoolean()) {
            text.append('.').append(digits(random, 1 + random.nextInt(9)));
        }
        if (random.nextBoolean()) {
            text.append('e').append(random.nextInt(660) - 330);
        }
        return text.toString();
    }

    private static String digits(Random random, int count) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < count; i++) {
            digits.append(random.nextInt(10));
        }
        return digits.toString();
    }

    @Test
    void whateverComesInIsAProposalOrARefusalThatCanBeSent() throws Exception {
        long seed = 4711;
        Random random = new Random(seed);
        List<byte[]> seeds = Stream.concat(JsonCases.in("accepted-json"), JsonCases.in("malformed-json"))
                .map(JsonCases.JsonCase::body)
                .filter(body -> body.length < 4000)
                .toList();
        ObjectMapper json = new ObjectMapper();
        int proposals = 0;
        for (int i = 0; i < ROUNDS; i++) {
            byte[] body = mutate(seeds.get(random.nextInt(seeds.size())), seeds, random);
            try {
                SentProposal sent = ProposalReader.read(body);
                CanonicalJson.bytes(sent.body());
                proposals++;
            } catch (Refusal refusal) {
                assertThat(refusal.kind()).isIn(Refusal.Kind.MALFORMED, Refusal.Kind.INVALID, Refusal.Kind.TOO_LARGE);
                assertThat(refusal.violations()).isNotEmpty();
                json.writeValueAsBytes(refusal.violations());
            } catch (RuntimeException e) {
                throw new AssertionError(
                        "seed " + seed + ", round " + i + ": " + new String(body, StandardCharsets.UTF_8), e);
            }
        }
        assertThat(proposals).isPositive();
    }

    private static byte[] mutate(byte[] original, List<byte[]> seeds, Random random) {
        byte[] body = original.clone();
        for (int n = random.nextInt(4); n >= 0 && body.length > 0; n--) {
            int at = random.nextInt(body.length);
            switch (random.nextInt(4)) {
                case 0 -> body[at] = (byte) random.nextInt(256);
                case 1 -> body[at] = (byte) "{}[]\",:\\0123456789eE+-.utfn/* ".charAt(random.nextInt(30));
                case 2 -> body = splice(body, at, seeds.get(random.nextInt(seeds.size())), random);
                default -> body = java.util.Arrays.copyOf(body, at);
            }
        }
        return body;
    }

    private static byte[] splice(byte[] body, int at, byte[] other, Random random) {
        int from = other.length == 0 ? 0 : random.nextInt(other.length);
        int length = Math.min(other.length - from, random.nextInt(40));
        byte[] spliced = new byte[body.length + length];
        System.arraycopy(body, 0, spliced, 0, at);
        System.arraycopy(other, from, spliced, at, length);
        System.arraycopy(body, at, spliced, at + length, body.length - at);
        return spliced;
    }

    @Test
    void everythingOfAProposalIsRead() {
        SentProposal sent = ProposalReader.read("""
                {"action":{"id":"adj-7731","type":"billing.adjust","summary":"Reverse","amount":{"value":"120.00","currency":"USD"},
                  "confidence":0.930,"reversible":true,"attributes":{"channel":"card","tries":2,"vip":false},"supersedes":"adj-7730"},
                 "agent":{"id":"billing-bot","operator":"ops-team-4","onBehalfOf":"user:alice"},
                 "subject":{"type":"account","id":"A-1001"},
                 "evidence":[{"name":"charge.record","source":"billing-db","observedAt":"2026-11-22T10:00:00+01:00",
                   "schema":"v3","lineage":["billing-db","cdc"],"digest":"sha256:00","values":{"charge":"120.00"}}],
                 "trace":{"id":"tr-88","parent":"01900000-0000-7000-8000-00000000000A","goal":"clear"},"context":{"x":null}}""".getBytes(StandardCharsets.UTF_8));
        assertThat(sent.proposal().action()).satisfies(action -> {
            assertThat(action.id()).isEqualTo("adj-7731");
            assertThat(action.type()).isEqualTo("billing.adjust");
            assertThat(action.summary()).isEqualTo("Reverse");
            assertThat(action.money()).isNotNull();
            assertThat(action.money().text()).isEqualTo("120.00");
            assertThat(action.currency()).isEqualTo("USD");
            assertThat(action.confidence()).isEqualByComparingTo("0.93");
            assertThat(action.reversible()).isTrue();
            assertThat(action.text("channel")).isEqualTo("card");
            assertThat(action.number("tries")).isEqualByComparingTo("2");
            assertThat(action.flag("vip")).isFalse();
            assertThat(action.supersedes()).isEqualTo("adj-7730");
        });
        assertThat(sent.proposal().agent().operator()).isEqualTo("ops-team-4");
        assertThat(sent.proposal().agent().onBehalfOf()).isEqualTo("user:alice");
        assertThat(sent.proposal().agent().earned()).isEqualTo(Stage.SUPERVISED);
        assertThat(sent.proposal().subject().id()).isEqualTo("A-1001");
        assertThat(sent.proposal().evidence().items()).singleElement().satisfies(evidence -> {
            assertThat(evidence.observedAt()).isEqualTo(Instant.parse("2026-11-22T09:00:00Z"));
            assertThat(evidence.lineage()).containsExactly("billing-db", "cdc");
            assertThat(evidence.schema()).isEqualTo("v3");
            assertThat(evidence.digest()).isEqualTo("sha256:00");
        });
        assertThat(sent.proposal().trace().parent()).isEqualTo("01900000-0000-7000-8000-00000000000a");
        assertThat(CanonicalJson.text(sent.body()))
                .contains("\"observedAt\":\"2026-11-22T10:00:00+01:00\"", "\"values\":{\"charge\":\"120.00\"}");
    }

    @Test
    void didYouMean() {
        Refusal refusal = catchThrowableOfType(
                Refusal.class,
                () -> ProposalReader.read(new String(JsonCases.sound(), StandardCharsets.UTF_8)
                        .replace("confidence", "confidance")
                        .getBytes(StandardCharsets.UTF_8)));
        assertThat(refusal.violations())
                .containsExactly(new Violation("/action/confidance", "is unknown; did you mean `confidence`?"));
    }

    @Test
    void oneProposalOfABatchDoesNotSpoilTheOthers() {
        String sound = new String(JsonCases.sound(), StandardCharsets.UTF_8);
        String body = "{\"proposals\":[" + sound + ",{\"action\":1},{\"context\":{\"a\":1,\"a\":2}}," + sound + "]}";
        List<ProposalReader.BatchItem> items = ProposalReader.readBatch(body.getBytes(StandardCharsets.UTF_8));
        assertThat(items).extracting(item -> item.proposal() != null).containsExactly(true, false, false, true);
        assertThat(items.get(1).refusal().violations())
                .extracting(Violation::pointer)
                .containsExactly("/proposals/1/action", "/proposals/1/agent", "/proposals/1/subject");
        assertThat(items.get(2).refusal().violations())
                .extracting(Violation::pointer)
                .containsExactly("/proposals/2/context/a");
    }

    @Test
    void batchWithMoreFaultsThanAreListedIsRefusedWhole() {
        String faulty = "{\"context\":{" + "\"a\":1,".repeat(200) + "\"a\":1}}";
        String body = "{\"proposals\":[" + faulty + "," + new String(JsonCases.sound(), StandardCharsets.UTF_8) + "]}";
        assertThatThrownBy(() -> ProposalReader.readBatch(body.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void batchHoldsOneToAHundred() {
        for (String body : List.of(
                "{}",
                "[]",
                "{\"proposals\":[]}",
                "{\"proposals\":{}}",
                "{\"proposals\":[{}],\"more\":1}",
                "{\"proposals\":[" + "{},".repeat(100) + "{}]}")) {
            assertThatThrownBy(() -> ProposalReader.readBatch(body.getBytes(StandardCharsets.UTF_8)))
                    .as(body)
                    .isInstanceOfSatisfying(
                            Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo("INVALID_BATCH"));
        }
    }

    @Test
    void manyFaultsAreCountedAndOneHundredListed() {
        String body = "{" + "\"x\":1,".repeat(500) + "\"x\":1}";
        Refusal refusal =
                catchThrowableOfType(Refusal.class, () -> ProposalReader.read(body.getBytes(StandardCharsets.UTF_8)));
        assertThat(refusal.violations()).hasSize(Faults.LISTED);
    }
}
