package io.leeway.bench;

import java.util.ArrayList;
import java.util.List;

/** The least that a fact can be: what the bare executable-model contender matches on. */
public final class BareBean {
    private final String type;
    private final double amount;
    private final double confidence;
    private final long age;

    BareBean(Workload.Request request) {
        this.type = request.type();
        this.amount = request.amount();
        this.confidence = request.confidence().doubleValue();
        this.age = request.age();
    }

    public String getType() {
        return type;
    }

    public double getAmount() {
        return amount;
    }

    public double getConfidence() {
        return confidence;
    }

    public long getAge() {
        return age;
    }

    /** Collects what fired. */
    public static final class Said {
        final List<String> rows = new ArrayList<>();
        int mode = -1;

        /** Takes the id and the mode of a row that fired. */
        public void match(String id, int itsMode) {
            rows.add(id);
            mode = Math.max(mode, itsMode);
        }
    }
}
