package io.leeway.policy.table;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file and a port on loopback that nothing may touch: what hostile files try to. */
final class Canary implements AutoCloseable {
    private final Path file;
    private final ServerSocket server;

    /** @param directory where the file would appear */
    Canary(Path directory) throws IOException {
        this.file = directory.resolve("canary");
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.server.setSoTimeout(1);
    }

    Path file() {
        return file;
    }

    int port() {
        return server.getLocalPort();
    }

    /** Whether the file is there, or somebody called since the last time. The kernel keeps callers until they are asked for. */
    boolean wasTouched() throws IOException {
        try (Socket caller = server.accept()) {
            return true;
        } catch (SocketTimeoutException e) {
            return Files.exists(file);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
