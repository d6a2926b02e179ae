package io.leeway.policy.table;

import java.time.ZoneId;

/**
 * What a sheet's head says for all of its rows.
 *
 * @param owner {@code ""} when it is missing, which has then been reported
 * @param regulation {@code ""} when not given
 * @param zone where its days begin and end
 */
record Head(String owner, String regulation, ZoneId zone) {}
