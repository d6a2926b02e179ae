package io.leeway.console;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where somebody goes on to once he is signed in: a page of the console, and nowhere else whatever a link says. */
final class ReturnPath {
    /** No backslash, no second slash at the start, nothing that a browser would read as another host. */
    private static final Pattern PAGE =
            Pattern.compile("/console(?:/[A-Za-z0-9_.~-]++)*+(?:\\?(?:[A-Za-z0-9_.~&=+:,/*-]++|%[0-9A-Fa-f]{2})*+)?");

    private static final int MOST = 2000;

    private ReturnPath() {}

    static String of(@Nullable String wanted) {
        return wanted != null
                        && wanted.length() <= MOST
                        && PAGE.matcher(wanted).matches()
                        && !wanted.startsWith(ConsoleGate.SIGN_IN)
                ? wanted
                : ConsoleGate.ROOT;
    }
}
