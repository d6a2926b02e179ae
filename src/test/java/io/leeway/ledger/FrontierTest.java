package io.leeway.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FrontierTest {
    private static final HexFormat HEX = HexFormat.of();

    /** The test vectors of the certificate-transparency reference implementation of RFC 6962. */
    private static final List<String> LEAVES =
            List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");

    private static final List<String> ROOTS = List.of(
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    @Test
    void theRootsAreThoseOfTheReferenceVectors() {
        Frontier frontier = Frontier.empty();
        assertThat(HEX.formatHex(frontier.root())).isEqualTo(ROOTS.get(0));
        for (int i = 0; i < LEAVES.size(); i++) {
            frontier.append(Frontier.leafHash(HEX.parseHex(LEAVES.get(i))));
            assertThat(HEX.formatHex(frontier.root())).as("%d leaves", i + 1).isEqualTo(ROOTS.get(i + 1));
        }
    }

    @Test
    void anySizeHasTheRootOfTheRecursiveDefinition() {
        long seed = 6962;
        Random random = new Random(seed);
        int largest = Boolean.getBoolean("leeway.test.full") ? 20_000 : 2_100;
        TreeSet<Integer> sizes = new TreeSet<>(List.of(1, 2, 3, 255, 256, 257, 1023, 1024, 1025, largest));
        random.ints(30, 1, largest).forEach(sizes::add);
        Frontier frontier = Frontier.empty();
        List<byte[]> leaves = new ArrayList<>();
        for (int size : sizes) {
            while (leaves.size() < size) {
                byte[] entry = new byte[random.nextInt(40)];
                random.nextBytes(entry);
                leaves.add(Frontier.leafHash(entry));
                frontier.append(leaves.get(leaves.size() - 1));
            }
            assertThat(frontier.size()).isEqualTo(size);
            assertThat(frontier.root()).as("seed %d, %d leaves", seed, size).isEqualTo(root(leaves));
        }
    }

    @Test
    void whatIsStoredGoesOnWhereItStopped() {
        Frontier whole = Frontier.empty();
        Frontier stored = Frontier.empty();
        for (int i = 0; i < 300; i++) {
            byte[] leaf = Frontier.leafHash(new byte[] {(byte) i});
            whole.append(leaf);
            stored = Frontier.of(stored.size(), stored.toBytes());
            stored.append(leaf);
            assertThat(stored.toBytes()).hasSize(Long.bitCount(i + 1L) * 32).isEqualTo(whole.toBytes());
            assertThat(stored.root()).isEqualTo(whole.root());
        }
    }

    @Test
    void aFrontierThatDoesNotFitItsSizeIsRefused() {
        assertThatThrownBy(() -> Frontier.of(3, new byte[32]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 leaves");
        assertThatThrownBy(() -> Frontier.of(0, new byte[32])).isInstanceOf(IllegalArgumentException.class);
    }

    /** RFC 6962 §2.1, word by word: split at the largest power of two smaller than the number of leaves. */
    private static byte[] root(List<byte[]> leaves) {
        if (leaves.size() == 1) {
            return leaves.get(0);
        }
        int split = Integer.highestOneBit(leaves.size() - 1);
        byte[] left = root(leaves.subList(0, split));
        byte[] right = root(leaves.subList(split, leaves.size()));
        return Hashes.sha256(new byte[] {1}, left, right);
    }
}
