package io.leeway.server;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/**
 * The PostgreSQL programs that ship inside the application, unpacked beside the data they serve.
 *
 * <p>A directory is named after the digest of its archive and appears by one rename, so a killed start leaves nothing
 * half unpacked, and an upgrade unpacks anew.
 */
final class PostgresBinaries {
    /** The major version of the programs that ship with this release. */
    static final int MAJOR_VERSION = 18;

    private static final String PREFIX = "programs-";

    private PostgresBinaries() {}

    /**
     * Unpacks the programs for this machine unless they are there already.
     *
     * @param parent the directory that holds the unpacked directory
     * @return the directory with {@code bin}, {@code lib} and {@code share}
     * @throws StartupException if no programs ship for this machine
     * @throws IOException if the directory cannot be written
     */
    static Path unpack(Path parent) throws IOException {
        String archive = archiveName(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
        Path target = parent.resolve(PREFIX + digest(archive));
        if (!Files.isDirectory(target)) {
            Path partial = Files.createTempDirectory(parent, "unpacking-");
            try (InputStream bytes = open(archive)) {
                unpack(bytes, partial);
            }
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
        }
        return target;
    }

    /** Deletes what earlier releases and interrupted starts left in {@code parent}; call it with no server running. */
    static void deleteOthers(Path parent, Path current) throws IOException {
        try (var children = Files.newDirectoryStream(parent, "{" + PREFIX + ",unpacking-}*")) {
            for (Path child : children) {
                if (!child.equals(current)) {
                    deleteTree(child);
                }
            }
        }
    }

    /** The resource that holds the programs for an operating system and architecture, both as Java names them. */
    static String archiveName(String osName, String osArch) {
        String os = osName.toLowerCase(Locale.ROOT);
        String arch = List.of("aarch64", "arm64").contains(osArch)
                ? "arm_64"
                : List.of("amd64", "x86_64").contains(osArch) ? "x86_64" : "";
        if (os.equals("linux") && !arch.isEmpty()) {
            return "postgres-linux-" + arch + ".txz";
        }
        if (os.startsWith("mac") && arch.equals("arm_64")) {
            return "postgres-darwin-arm_64.txz";
        }
        throw new StartupException("no embedded PostgreSQL ships for `" + osName + "` on `" + osArch
                + "`; set QUARKUS_DATASOURCE_JDBC_URL to a PostgreSQL 15 or later");
    }

    private static InputStream open(String archive) throws IOException {
        InputStream bytes = PostgresBinaries.class.getClassLoader().getResourceAsStream(archive);
        if (bytes == null) {
            throw new IOException("`" + archive + "` is missing from the application");
        }
        return new BufferedInputStream(bytes, 1 << 16);
    }

    private static String digest(String archive) throws IOException {
        try (var bytes = new DigestInputStream(open(archive), MessageDigest.getInstance("SHA-256"))) {
            bytes.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(bytes.getMessageDigest().digest(), 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    private static void unpack(InputStream archive, Path target) throws IOException {
        try (var entries = new TarArchiveInputStream(new XZInputStream(archive))) {
            for (TarArchiveEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                Path path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException("`" + entry.getName() + "` points out of the archive");
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                    continue;
                }
                Files.createDirectories(path.getParent());
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
                } else {
                    Files.copy(entries, path);
                    Files.setPosixFilePermissions(
                            path,
                            PosixFilePermissions.fromString((entry.getMode() & 0100) == 0 ? "rw-r--r--" : "rwxr-xr-x"));
                }
            }
        }
    }

    /** Deletes a directory with all that is in it; symbolic links are removed, not followed. */
    static void deleteTree(Path directory) throws IOException {
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException e) throws IOException {
                if (e != null) {
                    throw e;
                }
                Files.delete(dir);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
