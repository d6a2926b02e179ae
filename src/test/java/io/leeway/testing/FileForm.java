package io.leeway.testing;

import java.util.Map;

/** A form as a browser sends it, with text files in parts named {@code file} (RFC 7578). */
final class FileForm {
    private static final String BOUNDARY = "----leeway-a-boundary-that-no-test-file-contains";

    private final String body;

    /**
     * @param files text by name of the file
     * @param fields the other parts, by name
     */
    FileForm(Map<String, String> files, Map<String, String> fields) {
        StringBuilder form = new StringBuilder();
        files.forEach((name, text) ->
                part(form, "name=\"file\"; filename=\"" + name + "\"\r\nContent-Type: application/octet-stream", text));
        fields.forEach((name, text) -> part(form, "name=\"" + name + "\"", text));
        body = form.append("--").append(BOUNDARY).append("--\r\n").toString();
    }

    String body() {
        return body;
    }

    String contentType() {
        return "multipart/form-data; boundary=" + BOUNDARY;
    }

    private static void part(StringBuilder form, String disposition, String text) {
        form.append("--").append(BOUNDARY).append("\r\nContent-Disposition: form-data; ");
        form.append(disposition).append("\r\n\r\n").append(text).append("\r\n");
    }
}
