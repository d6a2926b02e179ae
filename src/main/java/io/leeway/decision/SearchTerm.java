package io.leeway.decision;

import io.leeway.ledger.Hashes;
import io.leeway.ledger.Tags;
import io.leeway.model.MatchedRule;
import io.leeway.model.Mode;
import io.leeway.model.Proposal;
import io.leeway.model.Verdict;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;

/**
 * What decisions are found by, one number each, so that one index serves every filter and every combination of them: the
 * first 64 bits of SHA-256 over the kind, a zero byte and the value. Of a tag, which is a hash already, its own first 64
 * bits. The migration that made the column computes the same in SQL.
 */
final class SearchTerm {
    /** That a decision was not enforced; the others have no term for it. */
    static final long OBSERVED = of("enforced", "false");

    private SearchTerm() {}

    static long agent(String id) {
        return of("agent", id);
    }

    static long actionType(String type) {
        return of("actionType", type);
    }

    static long mode(Mode mode) {
        return of("mode", mode.name());
    }

    static long rule(String id) {
        return of("rule", id);
    }

    /** Of a tag in hex, which its kind is part of. */
    static long tag(String tag) {
        return HexFormat.fromHexDigitsToLong(tag, 0, 16);
    }

    /** All that a decision can be found by. */
    static long[] all(Proposal proposal, Verdict verdict, Tags tags) {
        long[] terms = new long[3 + verdict.matched().size() + tags.byKind().size()];
        int size = 0;
        terms[size++] = agent(proposal.agent().id());
        terms[size++] = actionType(proposal.action().type());
        terms[size++] = mode(verdict.mode());
        for (MatchedRule matched : verdict.matched()) {
            terms[size++] = rule(matched.rule());
        }
        for (Map.Entry<String, String> tag : tags.byKind().entrySet()) {
            if (!tag.getKey().equals(Tags.REPEAT)) {
                terms[size++] = tag(tag.getValue());
            }
        }
        return Arrays.copyOf(terms, size);
    }

    /** The same of a decision whose verdict binds nobody. */
    static long[] observed(Proposal proposal, Verdict verdict, Tags tags) {
        long[] terms = all(proposal, verdict, tags);
        long[] more = Arrays.copyOf(terms, terms.length + 1);
        more[terms.length] = OBSERVED;
        return more;
    }

    private static long of(String kind, String value) {
        byte[] text = (kind + '\0' + value).getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.wrap(Hashes.sha256(text)).getLong();
    }
}
