package io.leeway.policy;

import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Where a path stands: what it does not say itself comes from here.
 *
 * @param zone the time zone of paths that name none
 * @param data of the version; null while it is not known, and then what would need it fails when it is read
 */
public record PathScope(ZoneId zone, @Nullable ReferenceData data) {
    /** Where only the spelling counts. */
    public static final PathScope UNBOUND = new PathScope(ZoneOffset.UTC, null);

    /** Anywhere in the version but in a sheet with its own zone. */
    public static PathScope of(ReferenceData data) {
        return new PathScope(ZoneOffset.UTC, data);
    }

    /** The version's data. */
    public ReferenceData bound() {
        if (data == null) {
            throw new IllegalStateException("a path that reads the version's own sheets was never bound to them");
        }
        return data;
    }
}
