package io.leeway.security;

import io.leeway.ledger.LedgerTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The first admin key: there are no default credentials, so the first start makes one and leaves it in a file that only its
 * owner reads. At start-up, in this order:
 *
 * <pre>{@code
 * BootstrapKey.Draft draft = bootstrap.prepare();
 * Optional<String> id = lane.run(tx -> bootstrap.createIfNone(tx, draft));
 * Optional<Path> written = bootstrap.finish(id);
 * }</pre>
 *
 * <p>The key is on the disk, under a name that holds its id, before it is committed, and gets its final name after. So a crash
 * leaves either a file whose key was never committed, which the next start deletes, or a committed key whose file the next start
 * renames. A replica that finds a live admin key makes none. When the file is lost before its key was used, the key expires
 * after 24 h, and the next start after that makes another: as does any start that finds no live admin key.
 */
@ApplicationScoped
public class BootstrapKey {
    /** The file's name in the data directory. */
    public static final String FILE = "admin.key";

    private static final String PREFIX = FILE + ".";
    private static final Pattern ASIDE = Pattern.compile(Pattern.quote(PREFIX) + "[0-9a-f]{24}");

    private final ApiKeys keys;
    private final Path directory;

    BootstrapKey(ApiKeys keys, DataDirectoryConfig config) {
        this.keys = keys;
        this.directory = config.path();
    }

    /** A key that exists in a file only. */
    public static final class Draft {
        private final Secret secret;

        private Draft(Secret secret) {
            this.secret = secret;
        }
    }

    /**
     * Draws a key and writes it aside, readable by its owner alone.
     *
     * @throws IOException when the data directory cannot be written, or its file system knows no owners
     */
    public Draft prepare() throws IOException {
        Secret secret = Secret.random(keys.random());
        Files.createDirectories(directory);
        write(aside(secret.id()), secret.text());
        return new Draft(secret);
    }

    /**
     * Makes the drawn key an admin key unless a live one exists. Inside the lane.
     *
     * @return id of the bootstrap key that lives, this one or an earlier one; empty when another admin key lives
     */
    public Optional<String> createIfNone(LedgerTransaction tx, Draft draft) throws SQLException {
        return keys.bootstrap(tx, draft.secret).map(ApiKey::id);
    }

    /**
     * Gives the key's file its name, and deletes those of keys that never came to be. After the commit.
     *
     * @param id what {@link #createIfNone} gave
     * @return the file, when this start completed it
     */
    public Optional<Path> finish(Optional<String> id) throws IOException {
        Path file = directory.resolve(FILE);
        boolean mine = id.isPresent() && Files.exists(aside(id.get()));
        if (mine) {
            Files.move(aside(id.get()), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            sync(directory);
        }
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(directory, BootstrapKey::isAside)) {
            for (Path leftover : leftovers) {
                Files.deleteIfExists(leftover);
            }
        }
        return mine ? Optional.of(file) : Optional.empty();
    }

    private Path aside(String id) {
        return directory.resolve(PREFIX + id);
    }

    private static boolean isAside(Path file) {
        return ASIDE.matcher(file.getFileName().toString()).matches();
    }

    private static void write(Path file, String key) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer bytes = ByteBuffer.wrap(key.getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        } catch (UnsupportedOperationException e) {
            throw new IOException(
                    "the file system of " + file.getParent() + " cannot keep a file for its owner alone", e);
        }
    }

    private static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
