package io.leeway.policy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * One file of a policy version, with its original bytes.
 *
 * @param name without a directory: {@code billing.xlsx}
 */
public record PolicyFile(String name, byte[] bytes) {
    /** No file of a policy is larger; beyond it nothing is read. */
    public static final int MOST_BYTES = 5 << 20;

    /** Hex SHA-256 of the bytes. */
    public String sha256() {
        return HexFormat.of().formatHex(digest(bytes));
    }

    public boolean isWorkbook() {
        return lowerName().endsWith(".xlsx");
    }

    public boolean isCsv() {
        return lowerName().endsWith(".csv");
    }

    public boolean isDrl() {
        return lowerName().endsWith(".drl");
    }

    /**
     * The digest that addresses a version: {@code sha256:} and the hex SHA-256 over one line {@code <sha256>  <name>\n} for
     * each file in the order of the names, which is what {@code sha256sum} prints.
     */
    public static String digestOf(List<PolicyFile> files) {
        StringBuilder lines = new StringBuilder();
        files.stream()
                .sorted(Comparator.comparing(PolicyFile::name))
                .forEach(file -> lines.append(file.sha256())
                        .append("  ")
                        .append(file.name())
                        .append('\n'));
        return "sha256:" + HexFormat.of().formatHex(digest(lines.toString().getBytes(StandardCharsets.UTF_8)));
    }

    /** The same over the DRL files among them alone: versions with other rules cannot be compared by proof. */
    public static String digestOfRules(List<PolicyFile> files) {
        return digestOf(files.stream().filter(PolicyFile::isDrl).toList());
    }

    private String lowerName() {
        return name.toLowerCase(Locale.ROOT);
    }

    private static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
