package io.leeway.ledger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The right edge of an RFC 6962 Merkle tree: the roots of its perfect subtrees, largest first. Enough to append leaves and
 * to name the root, and never more than 64 hashes. Mutable; not thread-safe.
 */
public final class Frontier {
    private static final byte[] LEAF = {0};
    private static final byte[] NODE = {1};

    private long size;
    private final List<byte[]> roots;

    private Frontier(long size, List<byte[]> roots) {
        this.size = size;
        this.roots = roots;
    }

    /** The tree without leaves. */
    public static Frontier empty() {
        return new Frontier(0, new ArrayList<>());
    }

    /**
     * @param size number of leaves
     * @param bytes what {@link #toBytes} gave
     * @throws IllegalArgumentException when the two do not fit
     */
    public static Frontier of(long size, byte[] bytes) {
        if (bytes.length != Long.bitCount(size) * Hashes.SIZE) {
            throw new IllegalArgumentException(
                    "a tree of " + size + " leaves does not have a frontier of " + bytes.length + " bytes");
        }
        List<byte[]> roots = new ArrayList<>();
        for (int from = 0; from < bytes.length; from += Hashes.SIZE) {
            roots.add(Arrays.copyOfRange(bytes, from, from + Hashes.SIZE));
        }
        return new Frontier(size, roots);
    }

    /** SHA-256(0x00 ‖ entry), RFC 6962 §2.1. */
    public static byte[] leafHash(byte[] entry) {
        return Hashes.sha256(LEAF, entry);
    }

    static byte[] nodeHash(byte[] left, byte[] right) {
        return Hashes.sha256(NODE, left, right);
    }

    /** Appends one leaf, given its {@link #leafHash}. */
    public void append(byte[] leafHash) {
        byte[] hash = leafHash;
        // Each trailing one bit of the size is a perfect subtree that the new leaf completes to one of twice the size.
        for (long rest = size; (rest & 1) == 1; rest >>= 1) {
            hash = nodeHash(roots.remove(roots.size() - 1), hash);
        }
        roots.add(hash);
        size++;
    }

    /** Number of leaves. */
    public long size() {
        return size;
    }

    /** The Merkle tree hash of all leaves; SHA-256 of nothing for the empty tree. */
    public byte[] root() {
        if (roots.isEmpty()) {
            return Hashes.sha256();
        }
        byte[] root = roots.get(roots.size() - 1);
        for (int i = roots.size() - 2; i >= 0; i--) {
            root = nodeHash(roots.get(i), root);
        }
        return root;
    }

    /** The hashes, largest subtree first, one after the other. */
    public byte[] toBytes() {
        byte[] bytes = new byte[roots.size() * Hashes.SIZE];
        for (int i = 0; i < roots.size(); i++) {
            System.arraycopy(roots.get(i), 0, bytes, i * Hashes.SIZE, Hashes.SIZE);
        }
        return bytes;
    }
}
