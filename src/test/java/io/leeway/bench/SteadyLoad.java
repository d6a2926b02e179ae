package io.leeway.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Proposes at a steady rate, whatever the service takes: each request has its time to be sent, and one that is answered
 * late delays none but its own connection's next. A program of one file:
 *
 * <p>{@code java SteadyLoad.java <url> <key> <body with {{run}}> <requests a second> <seconds>}
 */
public final class SteadyLoad {
    private static final int CONNECTIONS = 32;

    private final URI url;
    private final String key;
    private final String body;
    private final double rate;
    private final long end;
    private final long start = System.nanoTime();
    private final LongAdder answered = new LongAdder();
    private final LongAdder refused = new LongAdder();

    private SteadyLoad(String... arguments) throws IOException {
        url = URI.create(arguments[0]);
        key = arguments[1];
        body = Files.readString(Path.of(arguments[2]));
        rate = Double.parseDouble(arguments[3]);
        end = start + Long.parseLong(arguments[4]) * 1_000_000_000;
    }

    public static void main(String... arguments) throws Exception {
        SteadyLoad load = new SteadyLoad(arguments);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            int number = i;
            threads.add(new Thread(() -> load.run(number)));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        double seconds = (System.nanoTime() - load.start) / 1e9;
        System.out.printf(
                Locale.ROOT, "@@ %d %.1f %d%n", load.answered.sum(), load.answered.sum() / seconds, load.refused.sum());
    }

    private void run(int number) {
        String run = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX) + "-" + number + "-";
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.setTcpNoDelay(true);
            InputStream answers = new BufferedInputStream(socket.getInputStream(), 1 << 16);
            for (long i = 0; ; i++) {
                long at = start + (long) ((i * CONNECTIONS + number) / rate * 1e9);
                if (at >= end) {
                    return;
                }
                for (long wait = at - System.nanoTime(); wait > 0; wait = at - System.nanoTime()) {
                    LockSupport.parkNanos(wait);
                }
                socket.getOutputStream().write(request(run + i));
                if (isGood(answers)) {
                    answered.increment();
                } else {
                    refused.increment();
                }
            }
        } catch (IOException e) {
            refused.increment();
            System.err.println("connection " + number + " ended: " + e);
        }
    }

    private byte[] request(String id) {
        byte[] sent = body.replace("{{run}}", id).getBytes(StandardCharsets.UTF_8);
        String head =
                "POST " + url.getPath() + " HTTP/1.1\r\nHost: " + url.getAuthority() + "\r\nAuthorization: Bearer "
                        + key + "\r\nContent-Type: application/json\r\nContent-Length: " + sent.length + "\r\n\r\n";
        byte[] start = head.getBytes(StandardCharsets.US_ASCII);
        byte[] all = new byte[start.length + sent.length];
        System.arraycopy(start, 0, all, 0, start.length);
        System.arraycopy(sent, 0, all, start.length, sent.length);
        return all;
    }

    private static boolean isGood(InputStream answers) throws IOException {
        String status = line(answers);
        int length = 0;
        for (String header = line(answers); !header.isEmpty(); header = line(answers)) {
            if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Integer.parseInt(header.substring(15).strip());
            }
        }
        answers.skipNBytes(length);
        return status.startsWith("HTTP/1.1 200 ");
    }

    private static String line(InputStream answers) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = answers.read(); c != '\n'; c = answers.read()) {
            if (c < 0) {
                throw new EOFException("the service closed the connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
