package io.leeway.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A network that can be broken: passes TCP on to one port of this machine, and delays, swallows, refuses or cuts on demand.
 *
 * <p>Understands just enough of PostgreSQL's protocol to see a {@code COMMIT} go by that makes entries of the ledger durable
 * ({@link CommitWatch}), and can cut the connection there.
 */
public final class FaultProxy implements AutoCloseable {
    /** Where a connection is cut when it commits. */
    public enum Cut {
        /** The server never hears of the commit. */
        BEFORE_COMMIT,
        /** It is sent; whether the server reads it before it notices the cut is chance. */
        WITH_COMMIT,
        /** The server has committed; its reply is lost. */
        BEFORE_REPLY
    }

    private enum Mode {
        PASS,
        DELAY,
        BLACK_HOLE
    }

    private static final int CHUNK = 1 << 16;

    private final int target;
    private final int port;
    private final Set<Wire> wires = ConcurrentHashMap.newKeySet();
    private final AtomicInteger commitsToCut = new AtomicInteger();
    private final AtomicInteger commitsCut = new AtomicInteger();
    private volatile Cut cut = Cut.BEFORE_COMMIT;
    private volatile Mode mode = Mode.PASS;
    private volatile Duration delay = Duration.ZERO;
    private volatile @Nullable Listener listener;

    /** A socket, and who takes connections from it. */
    private record Listener(ServerSocket socket, Thread accepts) {}

    /** @param target the port on 127.0.0.1 that is passed on to */
    public FaultProxy(int target) throws IOException {
        this.target = target;
        this.port = listen(Ports.free());
    }

    /** Where it listens on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** From now on everything passes. A connection that lost bytes stays dead, as nobody could repair it. */
    public void heal() throws IOException {
        mode = Mode.PASS;
        commitsToCut.set(0);
        if (listener == null) {
            listen(port);
        }
    }

    /** Everything, in both directions, comes that much later. */
    public void delay(Duration late) {
        delay = late;
        mode = Mode.DELAY;
    }

    /** Connections are accepted, and what is sent on them, or on those that exist, reaches nobody. */
    public void blackHole() {
        mode = Mode.BLACK_HOLE;
    }

    /** Nobody listens any more, and every connection is reset. */
    public void refuse() throws IOException {
        Listener open = listener;
        listener = null;
        if (open != null) {
            open.socket().close();
            // The kernel goes on listening until the thread that waits in accept() has left it.
            awaitEnd(open.accepts());
        }
        cut();
    }

    private static void awaitEnd(Thread thread) throws IOException {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a port was being closed");
        }
    }

    /** Resets every connection; new ones are welcome. */
    public void cut() {
        wires.forEach(Wire::cut);
    }

    /** The client of every connection is told that nothing more will come; what it says still reaches the server. */
    public void halfClose() {
        wires.forEach(Wire::halfClose);
    }

    /** Cuts the connections of the next so many commits of the ledger there. */
    public void cutCommits(Cut where, int times) {
        cut = where;
        commitsCut.set(0);
        commitsToCut.set(times);
    }

    /** How many commits were cut since {@link #cutCommits}. */
    public int commitsCut() {
        return commitsCut.get();
    }

    @Override
    public void close() throws IOException {
        refuse();
    }

    private int listen(int wanted) throws IOException {
        ServerSocket open = new ServerSocket();
        open.setReuseAddress(true);
        open.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 200);
        listener = new Listener(open, daemon("proxy-accept", () -> accept(open)));
        return open.getLocalPort();
    }

    private void accept(ServerSocket open) {
        while (!open.isClosed()) {
            try {
                Socket client = open.accept();
                Wire wire = new Wire(client);
                wires.add(wire);
                if (open.isClosed()) {
                    wire.cut();
                } else {
                    wire.start();
                }
            } catch (IOException e) {
                // Closed to refuse, or the server behind is not there: then the client was cut.
            }
        }
    }

    private static Thread daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Takes its place among the commits that are to be cut, if there is one left. */
    private boolean takeCut() {
        return commitsToCut.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }

    /** One connection through the proxy. */
    private final class Wire {
        private final Socket client;
        private final Socket server = new Socket();
        private final CommitWatch watch = new CommitWatch();
        private volatile boolean lost;
        private volatile boolean replyIsCut;

        Wire(Socket client) {
            this.client = client;
        }

        void start() {
            daemon("proxy-up", () -> pump(client, server, true));
        }

        private void pump(Socket from, Socket to, boolean upwards) {
            try {
                if (upwards && mode != Mode.BLACK_HOLE) {
                    server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
                    server.setTcpNoDelay(true);
                    client.setTcpNoDelay(true);
                    daemon("proxy-down", () -> pump(server, client, false));
                }
                InputStream in = from.getInputStream();
                byte[] chunk = new byte[CHUNK];
                for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                    if (isLost()) {
                        continue;
                    }
                    if (mode == Mode.DELAY) {
                        LockSupport.parkNanos(delay.toNanos());
                    }
                    if (!pass(chunk, n, to, upwards)) {
                        cut();
                        return;
                    }
                }
                if (!isLost()) {
                    to.shutdownOutput();
                }
            } catch (IOException e) {
                cut();
            } finally {
                if (upwards) {
                    end();
                }
            }
        }

        /** Bytes that were swallowed once leave a gap that nothing closes. */
        private boolean isLost() {
            lost |= mode == Mode.BLACK_HOLE || !server.isConnected();
            return lost;
        }

        /** False to cut here. */
        private boolean pass(byte[] chunk, int n, Socket to, boolean upwards) throws IOException {
            boolean commits = upwards && watch.commits(chunk, n) && takeCut();
            if (commits) {
                commitsCut.incrementAndGet();
                if (cut == Cut.BEFORE_COMMIT) {
                    return false;
                }
                // No reply may slip through before the cut.
                replyIsCut = true;
            } else if (!upwards && replyIsCut) {
                return false;
            }
            to.getOutputStream().write(chunk, 0, n);
            return !(commits && cut == Cut.WITH_COMMIT);
        }

        /** The client is gone; a server that was never told keeps its side, as behind a broken network. */
        private void end() {
            if (!lost) {
                cut();
            }
        }

        void halfClose() {
            try {
                client.shutdownOutput();
            } catch (IOException e) {
                cut();
            }
        }

        void cut() {
            wires.remove(this);
            reset(client);
            reset(server);
        }

        private static void reset(Socket socket) {
            try {
                socket.setSoLinger(true, 0);
                socket.close();
            } catch (IOException e) {
                // Closed already, which was the aim.
            }
        }
    }
}
