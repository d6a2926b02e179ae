package io.leeway.server;

import java.util.ArrayList;
import java.util.List;

/**
 * How safe this installation is set up, as its operator left it.
 *
 * @param weaknesses each control that is weaker than production deserves; none: secure
 */
record Posture(List<String> weaknesses) {
    Posture {
        weaknesses = List.copyOf(weaknesses);
    }

    /**
     * @param embedded the database is the embedded one
     * @param tls the service itself speaks TLS
     * @param oidc people are known by an identity provider, not by keys alone
     */
    static Posture of(boolean embedded, boolean tls, boolean oidc) {
        List<String> weaknesses = new ArrayList<>();
        if (embedded) {
            weaknesses.add("embedded database");
        }
        if (!tls) {
            weaknesses.add("no TLS");
        }
        if (!oidc) {
            weaknesses.add("no OIDC");
        }
        return new Posture(weaknesses);
    }

    @Override
    public String toString() {
        return weaknesses.isEmpty() ? "secure" : "degraded: " + String.join(", ", weaknesses);
    }
}
