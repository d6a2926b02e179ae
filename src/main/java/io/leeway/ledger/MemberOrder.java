package io.leeway.ledger;

import java.util.ArrayList;
import java.util.List;

/** Watches, where assertions are on, that the members of each object come in the order of RFC 8785, each once. */
final class MemberOrder {
    /** The last name in each object that is open; empty before its first. */
    private final List<String> last = new ArrayList<>();

    boolean begin() {
        last.add("");
        return true;
    }

    boolean end() {
        last.remove(last.size() - 1);
        return true;
    }

    /** Whether the name may come next. */
    boolean next(String name) {
        String before = last.set(last.size() - 1, name);
        return before.isEmpty() || before.compareTo(name) < 0;
    }
}
