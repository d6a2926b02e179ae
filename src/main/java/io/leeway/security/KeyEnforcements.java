package io.leeway.security;

import io.leeway.ledger.CanonicalJson;
import io.leeway.ledger.EntryDraft;
import io.leeway.ledger.EntryKind;
import io.leeway.ledger.EpochState;
import io.leeway.ledger.Ledger;
import io.leeway.ledger.LedgerTime;
import io.leeway.ledger.LedgerTransaction;
import io.leeway.ledger.Replica;
import io.leeway.model.Actor;
import io.leeway.model.PlainText;
import io.leeway.model.Refusal;
import io.leeway.model.Violation;
import io.leeway.security.KeyEnforcement.Consent;
import io.leeway.security.KeyEnforcement.Mode;
import io.leeway.security.KeyEnforcement.Request;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** For which keys verdicts are only observed. Observing takes two operators and has an end; enforcing takes one. */
@ApplicationScoped
public class KeyEnforcements implements Replica {
    /** A first operator asked that a key be observed. Everything stays as it is. */
    public static final EntryKind REQUESTED = new EntryKind("key.observe-request");
    /** A second one agreed: from this position on until the header's {@code until}, its decisions are not enforced. */
    public static final EntryKind OBSERVED = new EntryKind("key.observe");
    /** Whatever was set or asked for is over. */
    public static final EntryKind ENFORCED = new EntryKind("key.enforce");

    /** How far ahead observing may end. */
    static final Duration LONGEST = Duration.ofDays(90);

    private static final int MAX_REASON = 2000;
    private static final String INVALID = "INVALID_ENFORCEMENT";

    private final Ledger ledger;
    private final ApiKeyRows keys;
    private final KeyEnforcementRows rows;
    private final EpochState<Map<String, Observation>> observed = new EpochState<>(Map.of(), KeyEnforcements::load);

    KeyEnforcements(Ledger ledger, ApiKeyRows keys, KeyEnforcementRows rows) {
        this.ledger = ledger;
        this.keys = keys;
        this.rows = rows;
    }

    /** That a key is observed until then, by the entry at that position. */
    private record Observation(Instant until, long position) {}

    /**
     * One operator's word on a key. That it be observed is noted from the first, and holds once a second one asks for the same end;
     * that it be enforced holds at once and drops what was asked for. Nothing happens when it already is.
     *
     * @param until end of observing, exclusive, at most {@link #LONGEST} ahead; null for {@link Mode#ENFORCE}
     * @throws Refusal {@code KEY_NOT_FOUND}; {@code INVALID_ENFORCEMENT} with every fault; {@code NOT_OBSERVABLE} for a key that never
     *     proposes, or is not live; {@code OWN_KEY} when he bears the key's name; {@code SECOND_PERSON_REQUIRED} when the same operator
     *     asks twice; {@code ANOTHER_REQUEST} when somebody else has asked for another end
     */
    public EnforcementChange set(
            LedgerTransaction tx, Actor actor, String keyId, Mode mode, @Nullable Instant until, String reason)
            throws SQLException {
        Instant end = until == null ? null : LedgerTime.micros(until);
        check(mode, end, reason, tx.now());
        ApiKey key = ApiKeys.find(tx, keyId);
        KeyEnforcement present = KeyEnforcementTable.find(tx, keyId);
        Consent consent = new Consent(actor.subject(), tx.now(), reason);
        return end == null ? enforce(tx, actor, key, present, consent) : observe(tx, actor, key, present, consent, end);
    }

    private static EnforcementChange enforce(
            LedgerTransaction tx, Actor actor, ApiKey key, KeyEnforcement present, Consent consent)
            throws SQLException {
        if (present.modeAt(tx.now()) == Mode.ENFORCE && present.request() == null) {
            return new EnforcementChange(present, true);
        }
        long position = append(tx, actor, key, ENFORCED, consent.reason(), null);
        return new EnforcementChange(
                KeyEnforcementTable.store(tx, present.enforced(consent, position), position), true);
    }

    private static EnforcementChange observe(
            LedgerTransaction tx, Actor actor, ApiKey key, KeyEnforcement present, Consent consent, Instant until)
            throws SQLException {
        refuseUnlessObservable(key, tx.now());
        if (consent.by().equals(key.name())) {
            throw conflict(
                    "OWN_KEY", "This key stands for `" + key.name() + "`, who cannot loosen what binds himself.");
        }
        Request request = present.request();
        // What nobody agreed to in time is as if it had never been asked for.
        boolean waits = request != null && tx.now().isBefore(request.until());
        if (request != null && waits) {
            boolean same = request.until().equals(until);
            boolean own = request.asked().by().equals(consent.by());
            if (same && own) {
                throw conflict(
                        "SECOND_PERSON_REQUIRED",
                        "`" + consent.by() + "` has already asked for this. Another operator has to agree.");
            }
            if (same) {
                long position = append(tx, actor, key, OBSERVED, consent.reason(), until);
                return new EnforcementChange(
                        KeyEnforcementTable.store(tx, present.observed(request, consent, position), position), true);
            }
            if (!own) {
                throw conflict(
                        "ANOTHER_REQUEST",
                        "`" + request.asked().by() + "` has asked that this key be observed until "
                                + LedgerTime.text(request.until())
                                + ". Agree to exactly that, or end it with ENFORCE first.");
            }
        }
        long position = append(tx, actor, key, REQUESTED, consent.reason(), until);
        return new EnforcementChange(
                KeyEnforcementTable.store(tx, present.requested(new Request(until, consent)), position), false);
    }

    private static void refuseUnlessObservable(ApiKey key, Instant now) {
        if (!key.roles().contains(Role.AGENT)) {
            throw conflict("NOT_OBSERVABLE", "This key does not have the role `agent`, so nothing is decided for it.");
        }
        if (!key.isLiveAt(now)) {
            throw conflict(
                    "NOT_OBSERVABLE", "This key was revoked or has expired, so nothing is decided for it any more.");
        }
    }

    /**
     * Position of the entry by which the key's decisions are not enforced at that time; null when they are. Only inside the lane,
     * after {@link #catchUp}.
     */
    public @Nullable Long observedBy(String keyId, Instant ledgerTime) {
        Observation observation = observed.get().get(keyId);
        return observation != null && ledgerTime.isBefore(observation.until()) ? observation.position() : null;
    }

    /**
     * What is set for a key, and what holds now. Blocks on the database.
     *
     * @throws Refusal {@code KEY_NOT_FOUND}
     */
    public Known find(String keyId) {
        ApiKeyRows.Found found = keys.find(ledger.realm(), List.of(keyId));
        if (found.keys().isEmpty()) {
            throw ApiKeys.notFound(keyId);
        }
        return new Known(rows.find(ledger.realm(), keyId).orElseGet(() -> KeyEnforcement.none(keyId)), found.now());
    }

    /** The ids of the keys that are observed now. Blocks on the database. */
    public Set<String> observedNow() throws SQLException {
        Instant now = ledger.moment().now();
        return rows.observed(ledger.realm()).stream()
                .filter(one -> one.modeAt(now) == Mode.OBSERVE)
                .map(KeyEnforcement::keyId)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** A reading, and the time of it. */
    public record Known(KeyEnforcement enforcement, Instant now) {}

    @Override
    public void catchUp(LedgerTransaction tx) throws SQLException {
        observed.catchUp(tx);
    }

    @Override
    public void forget() {
        observed.forget();
    }

    private static void check(Mode mode, @Nullable Instant until, String reason, Instant now) {
        List<Violation> violations = new ArrayList<>();
        String fault = untilFault(mode, until, now);
        if (fault != null) {
            violations.add(new Violation("/until", fault));
        }
        String inReason = PlainText.fault(reason, MAX_REASON);
        if (inReason != null) {
            violations.add(new Violation("/reason", inReason));
        }
        if (!violations.isEmpty()) {
            throw new Refusal(Refusal.Kind.INVALID, INVALID, "The enforcement breaks the contract.", violations);
        }
    }

    private static @Nullable String untilFault(Mode mode, @Nullable Instant until, Instant now) {
        if (mode == Mode.ENFORCE) {
            return until == null ? null : "goes with OBSERVE only: enforcing has no end";
        }
        if (until == null) {
            return "must be given: observing has an end, at most 90 days ahead";
        }
        if (!until.isAfter(now)) {
            return LedgerTime.text(until) + " has passed; it is " + LedgerTime.text(now);
        }
        return until.isAfter(now.plus(LONGEST))
                ? LedgerTime.text(until) + " is more than 90 days ahead; it is " + LedgerTime.text(now)
                : null;
    }

    private static Refusal conflict(String code, String detail) {
        return new Refusal(Refusal.Kind.CONFLICT, code, detail);
    }

    private static long append(
            LedgerTransaction tx, Actor actor, ApiKey key, EntryKind kind, String reason, @Nullable Instant until) {
        Map<String, Object> facts = new TreeMap<>(Map.of("id", key.id(), "name", key.name(), "reason", reason));
        if (until != null) {
            facts.put("until", LedgerTime.text(until));
        }
        return tx.append(EntryDraft.of(kind, actor)
                        .ref(key.position())
                        .until(until)
                        .facts(CanonicalJson.bytes(facts)))
                .position();
    }

    private static Map<String, Observation> load(LedgerTransaction tx, Map<String, Observation> before, long since)
            throws SQLException {
        Map<String, Observation> next = new HashMap<>(before);
        for (KeyEnforcement changed : KeyEnforcementTable.changed(tx, since)) {
            Instant until = changed.until();
            Long position = changed.position();
            if (until != null && position != null) {
                next.put(changed.keyId(), new Observation(until, position));
            } else {
                next.remove(changed.keyId());
            }
        }
        return Map.copyOf(next);
    }
}
