package io.leeway.console;

import io.leeway.policy.release.PolicyVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The versions, and a form for another one.
 *
 * @param active null when none ever was
 * @param others all but the active one, newest first
 * @param files of the active version by name, which an upload is laid over
 * @param mayPropose whether the reader may
 * @param message what was typed into the form already
 * @param faults what was wrong with what was sent, in sentences
 * @param next position before which older ones are, 0 when there are none
 */
record VersionList(
        @Nullable PolicyVersion active,
        List<PolicyVersion> others,
        List<String> files,
        boolean mayPropose,
        String message,
        List<String> faults,
        boolean first,
        long next) {
    VersionList {
        others = List.copyOf(others);
        files = List.copyOf(files);
        faults = List.copyOf(faults);
    }
}
