package io.leeway.console;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.RestPath;

/** Hands out what pages are made with. */
@Path(ConsoleGate.ROOT + "/assets")
class AssetPages {
    private static final String FOR_GOOD = "public, max-age=31536000, immutable";

    /** While releases change, a page of one may ask another replica for its files: it gets them as they are there, for once. */
    @GET
    @Path("/{digest}/{name}")
    @ForEverybody
    public Response file(@RestPath String digest, @RestPath String name) {
        if (!Asset.exists(name)) {
            return Response.status(404).build();
        }
        Asset asset = Asset.named(name);
        return Response.ok(asset.bytes(), asset.type())
                .header("Cache-Control", asset.digest().equals(digest) ? FOR_GOOD : "no-store")
                .build();
    }
}
