package io.leeway.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The passwords of the embedded database, made at its first start and kept in a file that only its owner can read.
 *
 * <p>The file has PostgreSQL's own {@code pgpass} form, so whoever may read it can hand it to {@code psql} or
 * {@code pg_dump} as {@code PGPASSFILE}.
 *
 * @param superuser of role {@code postgres}, used once to make the other role, then by operators only
 * @param application of role {@code leeway}, which owns its database and nothing else
 */
record PostgresPasswords(String superuser, String application) {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    /** 256 random bits for each role. */
    static PostgresPasswords generate() {
        return new PostgresPasswords(random(), random());
    }

    /**
     * Reads the file.
     *
     * @throws StartupException if others can read it, or it does not hold both passwords
     */
    static PostgresPasswords read(Path file) throws IOException {
        if (!Files.getPosixFilePermissions(file).equals(OWNER_ONLY)) {
            throw new StartupException("`" + file
                    + "` can be read by others; `chmod 600` it, or the database's passwords are no" + " secret");
        }
        Map<String, String> passwords = new HashMap<>();
        for (String line : Files.readAllLines(file)) {
            String[] fields = line.split(":", 5);
            if (fields.length == 5) {
                passwords.put(fields[3], fields[4]);
            }
        }
        String superuser = passwords.get("postgres");
        String application = passwords.get("leeway");
        if (superuser == null || application == null) {
            throw new StartupException("`" + file + "` does not hold the passwords of `postgres` and `leeway`");
        }
        return new PostgresPasswords(superuser, application);
    }

    void write(Path file) throws IOException {
        writeSecret(file, "127.0.0.1:*:*:postgres:" + superuser + "\n" + "127.0.0.1:*:*:leeway:" + application + "\n");
    }

    /** Writes a new file that its owner alone can read, from its first byte on. */
    static void writeSecret(Path file, String text) throws IOException {
        Files.deleteIfExists(file);
        try (var channel = Files.newByteChannel(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
            channel.write(StandardCharsets.UTF_8.encode(text));
        }
    }

    @Override
    public String toString() {
        return "PostgresPasswords[not shown]";
    }

    private static String random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
