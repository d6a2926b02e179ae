package io.leeway.security;

/**
 * A key and what proves its possession.
 *
 * @param hash {@link Secret#hash}
 */
record StoredKey(ApiKey key, byte[] hash) {}
