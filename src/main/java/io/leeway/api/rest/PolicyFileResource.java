package io.leeway.api.rest;

import io.leeway.model.Refusal;
import io.leeway.policy.PolicyFile;
import io.leeway.policy.release.CandidateReport;
import io.leeway.policy.release.PolicyVersions;
import io.leeway.policy.table.AnnotatedCopy;
import io.leeway.policy.table.Conversion;
import io.leeway.policy.table.WorkbookTemplate;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The files of a version, and what was found in them. */
@Path("/v1/policies/{version}")
class PolicyFileResource {
    private static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private final PolicyVersions versions;
    private final Callers callers;

    PolicyFileResource(PolicyVersions versions, Callers callers) {
        this.versions = versions;
        this.callers = callers;
    }

    @GET
    @Path("/findings")
    @Produces(MediaType.APPLICATION_JSON)
    @Blocking
    @Operation(
            operationId = "listFindings",
            summary = "List the findings about a version",
            description = "All of them, by file, sheet and cell.")
    @Tag(name = "Policy")
    @APIResponse(
            responseCode = "200",
            description = "The findings",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "FindingPage")))
    public CompletionStage<Map<String, Object>> findings(
            @PathParam("version") String name, @Context UriInfo uri, @Context RoutingContext routing) {
        new Query(uri).nothingElse();
        return callers.query(routing, () -> {
            var version = versions.get(name);
            return Map.of(
                    "items",
                    VersionView.Checked.of(version, Map.of(), versions.report(name))
                            .findings());
        });
    }

    @GET
    @Path("/workbooks/{file}")
    @Produces(MediaType.WILDCARD)
    @Blocking
    @Operation(
            operationId = "readWorkbook",
            summary = "Read a file of a version",
            description = "Byte for byte as it came, unless something else is asked for.")
    @Tag(name = "Policy")
    @Parameter(
            name = "annotated",
            in = ParameterIn.QUERY,
            description = "a copy with the findings in its cells",
            schema = @Schema(type = SchemaType.STRING))
    @Parameter(
            name = "template",
            in = ParameterIn.QUERY,
            description = "a copy as plain sheets with drop-downs, input hints and a how-to sheet",
            schema = @Schema(type = SchemaType.STRING))
    @APIResponse(
            responseCode = "200",
            description = "The file",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_OCTET_STREAM,
                            schema = @Schema(type = SchemaType.STRING, format = "binary")))
    public CompletionStage<Response> workbook(
            @PathParam("version") String name,
            @PathParam("file") String file,
            @Context UriInfo uri,
            @Context RoutingContext routing) {
        Query query = new Query(uri);
        boolean annotated = query.flag("annotated");
        boolean template = query.flag("template");
        query.nothingElse();
        return callers.query(routing, () -> {
            List<PolicyFile> files = versions.files(name);
            PolicyFile found = files.stream()
                    .filter(it -> it.name().equals(file))
                    .findFirst()
                    .orElseThrow(() -> unknown(name, file));
            return answer(annotated ? annotated(name, found) : template ? template(name, files, found) : found);
        });
    }

    private PolicyFile annotated(String version, PolicyFile file) throws SQLException {
        return AnnotatedCopy.of(file, CandidateReport.findings(versions.report(version)))
                .orElseThrow(() -> new Refusal(
                        Refusal.Kind.CONFLICT,
                        "NO_ANNOTATED_COPY",
                        "`" + file.name() + "` has no cells that could be annotated."));
    }

    private PolicyFile template(String version, List<PolicyFile> files, PolicyFile file) throws SQLException {
        LocalDate day =
                versions.get(version).createdAt().atOffset(ZoneOffset.UTC).toLocalDate();
        Conversion.Converted converted = WorkbookTemplate.of(files, file.name(), WorkbookTemplate.Rows.KEPT, day);
        if (!converted.problems().isEmpty()) {
            throw new Refusal(
                    Refusal.Kind.CONFLICT,
                    "NO_TEMPLATE",
                    "`" + file.name() + "` cannot be said in plain sheets: " + String.join("; ", converted.problems()));
        }
        return converted.files().get(0);
    }

    private static Response answer(PolicyFile file) {
        String encoded = URLEncoder.encode(file.name(), StandardCharsets.UTF_8).replace("+", "%20");
        return Response.ok(file.bytes())
                .type(file.isWorkbook() ? XLSX : file.isCsv() ? "text/csv" : "application/octet-stream")
                .header("Content-Disposition", "attachment; filename*=UTF-8''" + encoded)
                .header("ETag", "\"" + file.sha256() + "\"")
                .build();
    }

    private static Refusal unknown(String version, String file) {
        return new Refusal(
                Refusal.Kind.NOT_FOUND,
                "WORKBOOK_NOT_FOUND",
                "The policy version `" + version + "` has no file `" + file + "`, or there is no such version.");
    }
}
