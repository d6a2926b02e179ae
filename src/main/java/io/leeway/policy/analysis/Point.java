package io.leeway.policy.analysis;

import java.math.BigDecimal;
import java.util.List;

/**
 * One class in each dimension, such that a real proposal has values of them all.
 *
 * @param classes by dimension; not to be changed
 * @param evidence pieces of evidence that give the classes of everything about evidence
 */
record Point(int[] classes, List<Item> evidence) {
    /** A piece of evidence by its age in seconds. */
    record Item(String name, BigDecimal age, String schema) {}

    int classOf(int dimension) {
        return classes[dimension];
    }
}
