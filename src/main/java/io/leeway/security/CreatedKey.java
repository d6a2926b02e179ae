package io.leeway.security;

/**
 * A new key and, this once, the whole of it.
 *
 * @param secret {@code leeway_<id>_<secret>}: for the answer, never for a log
 */
public record CreatedKey(ApiKey key, String secret) {
    @Override
    public String toString() {
        return "CreatedKey[" + key + "]";
    }
}
