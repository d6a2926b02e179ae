package io.leeway.testing;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The bytes of requests that each propose another {@link SmallSelection}: one text a second, in which only the number changes,
 * so that whoever sends many does not spend its time on making them. Not thread-safe.
 */
final class SelectionRequests {
    private static final long FRESH = TimeUnit.SECONDS.toNanos(1);

    private static final int DIGITS = 18;
    /** With a letter before it, a number is no id of another's. */
    private static final String PLACE = "n" + "0".repeat(DIGITS);

    private final String head;
    private final List<Integer> numberAt = new ArrayList<>();
    private ByteBuffer request = ByteBuffer.allocateDirect(0);
    private long number = System.nanoTime();
    private long madeAt;

    SelectionRequests(URI service, String key) {
        head = "POST /v1/decisions HTTP/1.1\r\nHost: " + service.getAuthority() + "\r\nAuthorization: Bearer " + key
                + "\r\nContent-Type: application/json\r\nContent-Length: ";
        make();
    }

    /** A proposal that nobody sent before; good until the next one is asked for. */
    ByteBuffer next() {
        if (System.nanoTime() - madeAt > FRESH) {
            make();
        }
        number++;
        for (int at : numberAt) {
            long rest = number;
            for (int i = at + DIGITS; i > at; i--) {
                request.put(i, (byte) ('0' + rest % 10));
                rest /= 10;
            }
        }
        return request.rewind();
    }

    private void make() {
        String body = SmallSelection.of(PLACE).json();
        String text = head + body.length() + "\r\n\r\n" + body;
        numberAt.clear();
        for (int at = text.indexOf(PLACE); at >= 0; at = text.indexOf(PLACE, at + 1)) {
            numberAt.add(at);
        }
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        request = ByteBuffer.allocateDirect(bytes.length).put(bytes);
        madeAt = System.nanoTime();
    }
}
