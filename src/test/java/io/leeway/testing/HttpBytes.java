package io.leeway.testing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** As much of HTTP/1.1 as a load generator needs to read an answer, without a copy of it. */
final class HttpBytes {
    private static final byte[] END_OF_HEAD = ascii("\r\n\r\n");
    private static final byte[] CONTENT_LENGTH = ascii("\r\ncontent-length: ");
    private static final int STATUS_AT = "HTTP/1.1 ".length();

    private HttpBytes() {}

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Where the body begins; -1 while the head is not whole. */
    static int endOfHead(ByteBuffer answer) {
        int at = find(answer, answer.position(), END_OF_HEAD);
        return at < 0 ? -1 : at + END_OF_HEAD.length;
    }

    static int status(ByteBuffer answer) {
        return number(answer, STATUS_AT);
    }

    /** @param end of the head */
    static int contentLength(ByteBuffer answer, int end) {
        int at = find(answer, end, CONTENT_LENGTH);
        if (at < 0) {
            throw new AssertionError("an answer without Content-Length");
        }
        return number(answer, at + CONTENT_LENGTH.length);
    }

    /** Whether the head has what is looked for, its letters in either case. */
    static boolean has(ByteBuffer answer, int end, byte[] lowerCase) {
        return find(answer, end, lowerCase) >= 0;
    }

    private static int find(ByteBuffer answer, int end, byte[] lowerCase) {
        for (int i = 0; i <= end - lowerCase.length; i++) {
            int matched = 0;
            while (matched < lowerCase.length && lower(answer.get(i + matched)) == lowerCase[matched]) {
                matched++;
            }
            if (matched == lowerCase.length) {
                return i;
            }
        }
        return -1;
    }

    private static byte lower(byte letter) {
        return letter >= 'A' && letter <= 'Z' ? (byte) (letter | 0x20) : letter;
    }

    private static int number(ByteBuffer answer, int from) {
        int number = 0;
        for (int i = from; answer.get(i) >= '0' && answer.get(i) <= '9'; i++) {
            number = number * 10 + answer.get(i) - '0';
        }
        return number;
    }
}
