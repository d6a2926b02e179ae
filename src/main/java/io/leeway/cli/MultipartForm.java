package io.leeway.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** A form with files, RFC 7578. Not thread-safe. */
final class MultipartForm {
    private static final String LINE = "\r\n";

    private final String boundary = "leeway-" + UUID.randomUUID();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    void text(String name, String value) {
        head("name=\"" + name + "\"", "text/plain; charset=UTF-8");
        body.writeBytes((value + LINE).getBytes(StandardCharsets.UTF_8));
    }

    void file(String name, String fileName, byte[] bytes) {
        head("name=\"" + name + "\"; filename=\"" + fileName.replace("\"", "%22") + "\"", "application/octet-stream");
        body.writeBytes(bytes);
        body.writeBytes(LINE.getBytes(StandardCharsets.UTF_8));
    }

    String contentType() {
        return "multipart/form-data; boundary=" + boundary;
    }

    byte[] toBytes() {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(body.toByteArray());
        whole.writeBytes(("--" + boundary + "--" + LINE).getBytes(StandardCharsets.UTF_8));
        return whole.toByteArray();
    }

    private void head(String disposition, String type) {
        body.writeBytes(("--" + boundary + LINE + "Content-Disposition: form-data; " + disposition + LINE
                        + "Content-Type: " + type + LINE + LINE)
                .getBytes(StandardCharsets.UTF_8));
    }
}
