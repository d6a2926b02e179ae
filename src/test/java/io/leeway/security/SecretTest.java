package io.leeway.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.ledger.Hashes;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTest {
    private static final String ID = "0123456789abcdef01234567";
    private static final String BODY = "A".repeat(20) + "_-" + "z9".repeat(10) + "k";

    @Test
    void aKeyHas256SecretBitsAndAnIdWithoutUnderscores() {
        Secret secret = Secret.random(new SecureRandom());
        assertThat(secret.text()).matches("leeway_[0-9a-f]{24}_[A-Za-z0-9_-]{43}");
        assertThat(secret.id()).matches("[0-9a-f]{24}");
        assertThat(Secret.parse(secret.text())).hasValueSatisfying(parsed -> {
            assertThat(parsed.id()).isEqualTo(secret.id());
            assertThat(parsed.matches(secret.hash())).isTrue();
        });
    }

    @Test
    void noTwoKeysAreAlike() {
        SecureRandom random = new SecureRandom();
        Set<String> ids = new HashSet<>();
        Set<String> secrets = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            Secret secret = Secret.random(random);
            ids.add(secret.id());
            secrets.add(secret.text().substring(32));
        }
        assertThat(ids).hasSize(1000);
        assertThat(secrets).hasSize(1000);
    }

    @Test
    void underscoresInTheSecretDoNotEndIt() {
        assertThat(Secret.parse("leeway_" + ID + "_" + BODY))
                .hasValueSatisfying(secret -> assertThat(secret.id()).isEqualTo(ID));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "leeway_",
                "leeway__" + "x",
                "Leeway_" + ID + "_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "leeway_" + ID + "_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "leeway_" + ID + "_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "leeway_" + ID + "_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                "leeway_" + ID + "_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n",
                "leeway_0123456789ABCDEF01234567_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "leeway_" + ID + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                " leeway_" + ID + "_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            })
    void whatDoesNotHaveTheFormIsNoKey(String text) {
        assertThat(Secret.parse(text)).isEmpty();
    }

    @Test
    void onlyTheWholeKeyMatches() {
        byte[] stored = Hashes.sha256(("leeway_" + ID + "_" + BODY).getBytes(StandardCharsets.US_ASCII));
        assertThat(key(ID, BODY).matches(stored)).isTrue();
        assertThat(key(ID, BODY.substring(1) + "A").matches(stored)).isFalse();
        assertThat(key("f" + ID.substring(1), BODY).matches(stored)).isFalse();
        assertThat(key(ID, BODY).matches(new byte[32])).isFalse();
        assertThat(key(ID, BODY).matches(new byte[0])).isFalse();
    }

    @Test
    void aKeyDoesNotPrintItsSecret() {
        assertThat(key(ID, BODY)).hasToString("leeway_" + ID + "_…");
    }

    private static Secret key(String id, String body) {
        return Secret.parse("leeway_" + id + "_" + body).orElseThrow();
    }
}
