package io.leeway.api.rest;

import io.leeway.api.json.Faults;
import io.leeway.model.Refusal;
import io.leeway.policy.PolicyFile;
import io.leeway.policy.release.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.server.multipart.FormValue;
import org.jboss.resteasy.reactive.server.multipart.MultipartFormDataInput;

/**
 * The parts of an upload: any number of {@code file} and {@code remove}, one {@code message}, nothing else.
 *
 * @param message what it is for; judged where the version is proposed
 */
record PolicyUpload(Upload upload, String message) {
    static PolicyUpload read(MultipartFormDataInput form) throws IOException {
        Faults faults = new Faults();
        List<PolicyFile> files = new ArrayList<>();
        List<String> removed = new ArrayList<>();
        List<String> messages = new ArrayList<>();
        for (Map.Entry<String, Collection<FormValue>> part : form.getValues().entrySet()) {
            for (FormValue value : part.getValue()) {
                switch (part.getKey()) {
                    case "file" -> {
                        if (value.isFileItem()) {
                            files.add(new PolicyFile(value.getFileName(), bytes(value)));
                        } else {
                            faults.add("/file", "needs a `filename` in its Content-Disposition");
                        }
                    }
                    case "remove" -> removed.add(text(value, "/remove", faults));
                    case "message" -> messages.add(text(value, "/message", faults));
                    default -> faults.add("/" + part.getKey(), "is unknown; known parts are file, remove, message");
                }
            }
        }
        if (messages.size() > 1) {
            faults.add("/message", "is there " + messages.size() + " times");
        }
        faults.refuse("INVALID_POLICY", "The upload");
        return new PolicyUpload(new Upload(files, removed), messages.isEmpty() ? "" : messages.get(0));
    }

    private static String text(FormValue value, String pointer, Faults faults) {
        if (value.isFileItem()) {
            faults.add(pointer, "must be text, not a file");
            return "";
        }
        return value.getValue();
    }

    /** Of a file that is too large, just enough that it is seen to be. */
    private static byte[] bytes(FormValue value) throws IOException {
        try (InputStream content = value.getFileItem().getInputStream()) {
            return content.readNBytes(PolicyFile.MOST_BYTES + 1);
        }
    }

    /** The upload is no multipart form. */
    static Refusal unreadable() {
        return new Refusal(Refusal.Kind.MALFORMED, "MALFORMED_FORM", "The body cannot be read as multipart/form-data.");
    }
}
