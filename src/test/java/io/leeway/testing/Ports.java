package io.leeway.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for servers that stop and listen again on the same one.
 *
 * <p>They lie below the ports that Linux gives to outgoing connections and to whoever asks for any (32768 and up), so that
 * nobody takes one while its server is down.
 */
public final class Ports {
    private static final int LOWEST = 20_000;
    private static final int ABOVE_HIGHEST = 32_000;
    private static final int ATTEMPTS = 100;

    private Ports() {}

    /** A port of 127.0.0.1 on which nobody listens. */
    public static int free() throws IOException {
        for (int attempt = 1; ; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, ABOVE_HIGHEST);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }
}
