package io.leeway.console;

import io.leeway.decision.Lane;
import io.leeway.model.Refusal;
import io.leeway.model.Violation;
import io.leeway.policy.PolicyFile;
import io.leeway.policy.release.Candidates;
import io.leeway.policy.release.PolicyChecks;
import io.leeway.policy.release.PolicyVersion;
import io.leeway.policy.release.PolicyVersion.State;
import io.leeway.policy.release.PolicyVersions;
import io.leeway.policy.release.Upload;
import io.leeway.security.Endpoint;
import io.leeway.security.Principal;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/** Policy versions: which there are, and proposing another one. */
@Path(ConsoleGate.ROOT + "/policies")
@Produces(Pages.HTML)
class PolicyPages {
    private static final Endpoint PROPOSE = new Endpoint("POST", "/v1/policies");
    private static final int A_PAGE = 25;

    private final Pages pages;
    private final PolicyVersions versions;
    private final Candidates candidates;
    private final PolicyChecks checks;
    private final Lane lane;
    private final Callers callers;

    PolicyPages(
            Pages pages,
            PolicyVersions versions,
            Candidates candidates,
            PolicyChecks checks,
            Lane lane,
            Callers callers) {
        this.pages = pages;
        this.versions = versions;
        this.candidates = candidates;
        this.checks = checks;
        this.lane = lane;
        this.callers = callers;
    }

    @GET
    @Blocking
    @May("GET /v1/policies")
    public CompletionStage<Response> list(@RestQuery @Nullable String before, @Context RoutingContext routing) {
        long from = before != null && before.matches("[0-9]{1,18}") ? Long.parseLong(before) : Long.MAX_VALUE;
        return pages.read(routing, reader -> list(reader, "", List.of(), from));
    }

    /** Checks what was sent on top of the active version, and keeps it with what was found, whatever that is. */
    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Blocking
    @May("POST /v1/policies")
    public CompletionStage<Response> propose(
            @RestForm("file") @Nullable List<FileUpload> files,
            @RestForm("remove") @Nullable List<String> removed,
            @RestForm @Nullable String message,
            @Context RoutingContext routing) {
        Principal reader = Pages.reader(routing);
        String why = message == null ? "" : message.strip().replaceAll("\\s+", " ");
        Upload upload = new Upload(files(files), removed == null ? List.of() : removed);
        return checks.run(() -> candidates.check(upload))
                .thenCompose(candidate ->
                        lane.run(callers.caller(reader), tx -> candidates.propose(tx, reader.actor(), candidate, why)))
                .thenApply(version -> Pages.goTo("/console/policies/" + version.name()))
                .exceptionallyCompose(failure -> unfit(routing, why, failure));
    }

    /** A form without a file sends one without a name. */
    private static List<PolicyFile> files(@Nullable List<FileUpload> sent) {
        return sent == null
                ? List.of()
                : sent.stream()
                        .filter(file ->
                                file.fileName() != null && !file.fileName().isEmpty())
                        .map(file -> new PolicyFile(file.fileName(), bytes(file)))
                        .toList();
    }

    /** Of a file that is too large, just enough that it is seen to be. */
    private static byte[] bytes(FileUpload file) {
        try (InputStream content = Files.newInputStream(file.uploadedFile())) {
            return content.readNBytes(PolicyFile.MOST_BYTES + 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CompletionStage<Response> unfit(RoutingContext routing, String message, Throwable failure) {
        return Pages.cause(failure) instanceof Refusal refusal
                        && (refusal.kind() == Refusal.Kind.INVALID || refusal.kind() == Refusal.Kind.CONFLICT)
                ? pages.answer(routing, 422, reader -> list(reader, message, sentences(refusal), Long.MAX_VALUE))
                : pages.failed(routing, failure);
    }

    static List<String> sentences(Refusal refusal) {
        return refusal.violations().isEmpty()
                ? List.of(refusal.detail())
                : refusal.violations().stream().map(PolicyPages::sentence).toList();
    }

    private static String sentence(Violation violation) {
        String what = violation.pointer().startsWith("/file")
                ? "The file "
                : violation.pointer().startsWith("/remove")
                        ? "What is to be removed: "
                        : violation.pointer().equals("/message") ? "The message " : "What was sent ";
        return what + violation.message() + ".";
    }

    private TemplateInstance list(Principal reader, String message, List<String> faults, long before) {
        try {
            Optional<PolicyVersion> active = versions.active();
            List<PolicyVersion> found = versions.list(before, A_PAGE);
            List<String> files = active.isPresent() && reader.may(PROPOSE)
                    ? versions.files(active.get().name()).stream()
                            .map(PolicyFile::name)
                            .toList()
                    : List.of();
            return Templates.policies(
                    new Frame("Policies", Frame.POLICIES, reader),
                    new VersionList(
                            active.orElse(null),
                            found.stream()
                                    .filter(version -> version.state() != State.ACTIVE)
                                    .toList(),
                            files,
                            reader.may(PROPOSE),
                            message,
                            faults,
                            before == Long.MAX_VALUE,
                            found.size() < A_PAGE
                                    ? 0
                                    : found.get(found.size() - 1).position()));
        } catch (SQLException e) {
            throw new CompletionException(e);
        }
    }
}
