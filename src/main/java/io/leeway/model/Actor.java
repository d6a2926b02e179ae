package io.leeway.model;

/**
 * Who did something, as it stands in the ledger.
 *
 * @param issuer who vouches for the name: {@code leeway} for API keys, the issuer of the token for OIDC
 * @param subject the person or system; with API keys the key's name
 */
public record Actor(String issuer, String subject) {
    public static final String LEEWAY = "leeway";

    /** The installation itself: first import, bootstrap key. */
    public static final Actor INSTALLATION = new Actor(LEEWAY, "installation");
}
