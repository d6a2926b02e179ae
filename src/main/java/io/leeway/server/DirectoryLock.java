package io.leeway.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps a second service off a data directory, for as long as this process lives or until closed. */
final class DirectoryLock implements AutoCloseable {
    /** The operating system's lock belongs to the process and ends with any close of the file, so we count ourselves. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;

    private DirectoryLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /**
     * @param directory an existing directory, as a real path
     * @throws StartupException if this or another process holds it
     */
    static DirectoryLock take(Path directory) throws IOException {
        if (!HELD.add(directory)) {
            throw inUse(directory);
        }
        boolean taken = false;
        FileChannel channel =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            taken = channel.tryLock() != null;
        } finally {
            if (!taken) {
                channel.close();
                HELD.remove(directory);
            }
        }
        if (!taken) {
            throw inUse(directory);
        }
        return new DirectoryLock(directory, channel);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the lock on `" + directory + "` cannot be released", e);
        } finally {
            HELD.remove(directory);
        }
    }

    private static StartupException inUse(Path directory) {
        return new StartupException("another Leeway already runs on `" + directory.getParent()
                + "`; stop it, or set LEEWAY_DATA_DIR to another directory");
    }
}
