package io.leeway.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalJsonTest {
    @Test
    void membersAreSortedByUtf16CodeUnits() {
        // RFC 8785 §3.2.3
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("\u20ac", "Euro Sign");
        members.put("\r", "Carriage Return");
        members.put("\ufb33", "Hebrew Letter Dalet With Dagesh");
        members.put("1", "One");
        members.put("\ud83d\ude00", "Emoji: Grinning Face");
        members.put("\u0080", "Control");
        members.put("\u00f6", "Latin Small Letter O With Diaeresis");
        assertThat(CanonicalJson.text(members))
                .isEqualTo("{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
                        + "\"\u00f6\":\"Latin Small Letter O With Diaeresis\",\"\u20ac\":\"Euro Sign\","
                        + "\"\ud83d\ude00\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
    }

    @Test
    void theExampleOfTheStandardComesOutAsThere() {
        // RFC 8785 §3.2.2 and §3.2.4; 333333333.33333329 has one digit more than we write, and is covered below.
        Map<String, Object> members = new LinkedHashMap<>();
        members.put(
                "numbers",
                List.of(
                        new BigDecimal("1E30"),
                        new BigDecimal("4.50"),
                        new BigDecimal("2e-3"),
                        new BigDecimal("0.000000000000000000000000001")));
        members.put("string", "\u20ac$\u000F\nA'B\"\\\\\"/");
        members.put("literals", Arrays.asList(null, true, false));
        assertThat(CanonicalJson.text(members))
                .isEqualTo("{\"literals\":[null,true,false],\"numbers\":[1e+30,4.5,0.002,1e-27],"
                        + "\"string\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
        assertThat(CanonicalJson.bytes("\u20ac")).isEqualTo("\"\u20ac\"".getBytes(UTF_8));
    }

    @ParameterizedTest(name = "{0} is written {1}")
    @CsvSource({
        "0, 0",
        "-0, 0",
        "0.00, 0",
        "1, 1",
        "-1, -1",
        "100, 100",
        "1E2, 100",
        "120.00, 120",
        "0.1, 0.1",
        "-0.93, -0.93",
        "123456789012345, 123456789012345",
        "0.000001, 0.000001",
        "0.0000001, 1e-7",
        "0.00000123, 0.00000123",
        "0.000000123, 1.23e-7",
        "1e20, 100000000000000000000",
        "1e21, 1e+21",
        "123e19, 1.23e+21",
        "-1e21, -1e+21",
        "1e-7, 1e-7",
        "999999999999999e6, 999999999999999000000",
        "999999999999999e7, 9.99999999999999e+21",
        "9007199254740992, 9007199254740992",
        "1.5e300, 1.5e+300",
        "2.5e-300, 2.5e-300",
        "295147905179352830000, 295147905179352830000",
        "9.999999999999997e22, 9.999999999999997e+22",
        "4.35, 4.35",
        "333333333.3333332, 333333333.3333332"
    })
    void numbersAreWrittenAsEcmaScriptDoes(String number, String written) {
        assertThat(CanonicalJson.text(new BigDecimal(number))).isEqualTo(written);
    }

    @Test
    void whatIsNoExactDoubleIsRefused() {
        assertThatThrownBy(() -> CanonicalJson.text((1L << 53) + 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CanonicalJson.text(-(1L << 53) - 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CanonicalJson.text(new BigDecimal("1.23456789012345678")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CanonicalJson.text(1.5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CanonicalJson.text(BigInteger.ONE)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aLoneSurrogateIsRefused() {
        for (String text : List.of("\ud83d", "\ude00", "a\ud83db", "\ude00\ud83d")) {
            assertThatThrownBy(() -> CanonicalJson.text(text)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void randomTreesComeOutAsTheReferenceImplementationWritesThem() throws IOException {
        long seed = 8785;
        Random random = new Random(seed);
        int trees = Boolean.getBoolean("leeway.test.full") ? 50_000 : 2_000;
        for (int i = 0; i < trees; i++) {
            Map<String, Object> tree = object(random, 0);
            StringBuilder loose = new StringBuilder();
            writeLoosely(tree, random, loose);
            String canonical = CanonicalJson.text(tree);
            assertThat(canonical)
                    .as("seed %d, tree %d", seed, i)
                    .isEqualTo(new JsonCanonicalizer(loose.toString()).getEncodedString());
            assertThat(CanonicalJson.text(
                            JsonReader.object(canonical.getBytes(UTF_8)).members()))
                    .as("read back, seed %d, tree %d", seed, i)
                    .isEqualTo(canonical);
        }
    }

    private static Map<String, Object> object(Random random, int depth) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            members.put(string(random), value(random, depth + 1));
        }
        return members;
    }

    private static Object value(Random random, int depth) {
        return switch (random.nextInt(depth > 4 ? 5 : 7)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> random.nextLong() >> (11 + random.nextInt(50));
            case 3 -> decimal(random);
            case 4 -> string(random);
            case 5 -> object(random, depth);
            default -> {
                List<Object> items = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    items.add(value(random, depth + 1));
                }
                yield items;
            }
        };
    }

    /** At most 15 digits: what the edge lets through. */
    private static BigDecimal decimal(Random random) {
        BigDecimal digits = new BigDecimal(random.nextLong()).round(new MathContext(1 + random.nextInt(15)));
        return digits.scaleByPowerOfTen(random.nextInt(60) - 45);
    }

    private static String string(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            int point = switch (random.nextInt(4)) {
                case 0 -> random.nextInt(0x20);
                case 1 -> 0x20 + random.nextInt(0x60);
                case 2 -> 0x10000 + random.nextInt(0x10000);
                default -> 0x80 + random.nextInt(0xD700);
            };
            text.appendCodePoint(point);
        }
        return text.toString();
    }

    /** JSON with the members as they come, every character escaped at random, and numbers in any spelling. */
    private static void writeLoosely(Object value, Random random, StringBuilder out) {
        if (value instanceof Map<?, ?> map) {
            out.append("{ ");
            String separator = "";
            for (Map.Entry<?, ?> member : map.entrySet()) {
                out.append(separator);
                writeLoosely(member.getKey(), random, out);
                out.append(" : ");
                writeLoosely(member.getValue(), random, out);
                separator = ", ";
            }
            out.append('}');
        } else if (value instanceof List<?> items) {
            out.append('[');
            String separator = "";
            for (Object item : items) {
                out.append(separator);
                writeLoosely(item, random, out);
                separator = " ,";
            }
            out.append(']');
        } else if (value instanceof String text) {
            out.append('"');
            for (char c : text.toCharArray()) {
                if (c < 0x20 || c == '"' || c == '\\' || random.nextInt(5) == 0) {
                    out.append(String.format("\\u%04X", (int) c));
                } else {
                    out.append(c);
                }
            }
            out.append('"');
        } else if (value instanceof BigDecimal number) {
            out.append(random.nextBoolean() ? number.toPlainString() : number.toString());
        } else {
            out.append(value);
        }
    }
}
