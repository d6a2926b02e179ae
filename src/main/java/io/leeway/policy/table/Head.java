package io.leeway.policy.table;

/**
 * What a sheet's head says for all of its rows.
 *
 * @param owner {@code ""} when it is missing, which has then been reported
 * @param regulation {@code ""} when not given
 */
record Head(String owner, String regulation) {}
