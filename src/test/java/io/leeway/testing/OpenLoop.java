package io.leeway.testing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Proposals sent at a rate that does not depend on the answers, as many agents would: one thread, many connections, one
 * request under way on each. What is due while none is free is counted and not sent.
 */
public final class OpenLoop {
    private static final int BUFFER = 16 * 1024;
    private static final byte[] RETRY_AFTER = HttpBytes.ascii("\r\nretry-after: ");

    private final URI service;
    private final SelectionRequests requests;
    private final Deque<Connection> idle = new ArrayDeque<>();
    private final Map<Integer, Latencies> byStatus = new TreeMap<>();
    private long countedFrom = Long.MAX_VALUE;
    private long notSent;
    private int withoutRetryAfter;

    private OpenLoop(URI service, String key) {
        this.service = service;
        this.requests = new SelectionRequests(service, key);
    }

    /**
     * @param byStatus how long the answers took, by status; those that came before the end
     * @param notSent due while every connection waited
     * @param withoutRetryAfter answers 429 or 503 that do not say when to come again
     */
    public record Result(Map<Integer, Latencies> byStatus, long notSent, int withoutRetryAfter, double seconds) {
        /** Answers with that status in a second. */
        public double rate(int status) {
            return of(status).count() / seconds;
        }

        public Latencies of(int status) {
            return byStatus.getOrDefault(status, new Latencies());
        }
    }

    /**
     * @param rate in a second; infinite for as fast as the connections come free, which is a closed loop
     * @param settling how long before anything counts: connections are made, and code is compiled
     * @param duration how long it counts
     */
    public static Result run(
            URI service, String key, double rate, int connections, Duration settling, Duration duration)
            throws IOException {
        return new OpenLoop(service, key).run(rate, connections, settling.toNanos(), duration.toNanos());
    }

    private Result run(double rate, int connections, long settling, long nanos) throws IOException {
        List<Connection> all = new ArrayList<>();
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < connections; i++) {
                Connection connection = new Connection(selector);
                all.add(connection);
                idle.add(connection);
            }
            long start = System.nanoTime();
            countedFrom = start + settling;
            long due = 0;
            for (long now = start; now < countedFrom + nanos; now = System.nanoTime()) {
                long target = Double.isInfinite(rate) ? due + idle.size() : (long) ((now - start) / 1e9 * rate);
                for (; due < target; due++) {
                    Connection free = idle.poll();
                    if (free == null) {
                        notSent += now >= countedFrom ? 1 : 0;
                    } else {
                        free.send();
                    }
                }
                selector.select(selected -> ((Connection) selected.attachment()).read(), 1);
            }
            return new Result(byStatus, notSent, withoutRetryAfter, (System.nanoTime() - countedFrom) / 1e9);
        } finally {
            for (Connection connection : all) {
                connection.channel.close();
            }
        }
    }

    private final class Connection {
        private final SocketChannel channel;
        private final ByteBuffer answer = ByteBuffer.allocateDirect(BUFFER);
        private long sentAt;

        Connection(Selector selector) throws IOException {
            channel = SocketChannel.open(new InetSocketAddress(service.getHost(), service.getPort()));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, this);
        }

        void send() throws IOException {
            ByteBuffer request = requests.next();
            answer.clear();
            sentAt = System.nanoTime();
            while (request.hasRemaining()) {
                channel.write(request);
            }
        }

        void read() {
            try {
                if (channel.read(answer) < 0) {
                    throw new IOException("the service closed a connection");
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            int end = HttpBytes.endOfHead(answer);
            if (end > 0 && answer.position() >= end + HttpBytes.contentLength(answer, end)) {
                int status = HttpBytes.status(answer);
                if (sentAt >= countedFrom) {
                    byStatus.computeIfAbsent(status, none -> new Latencies()).add(System.nanoTime() - sentAt);
                }
                if ((status == 429 || status == 503) && !HttpBytes.has(answer, end, RETRY_AFTER)) {
                    withoutRetryAfter++;
                }
                idle.add(this);
            }
        }
    }
}
