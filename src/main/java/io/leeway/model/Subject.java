package io.leeway.model;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The business object acted on: an invoice, an account, a shipment. The accessors with a name are the vocabulary's paths,
 * {@code subject.text("tier")}.
 *
 * @param attributes what is said of the object itself, whatever is done to it
 */
public record Subject(String type, String id, Attributes attributes) {

    /** Without attributes. */
    public Subject(String type, String id) {
        this(type, id, Attributes.NONE);
    }

    /** A declared text attribute, {@code ""} when absent. */
    public String text(String name) {
        return attributes.text(name);
    }

    /** A declared number attribute, null when absent. */
    public @Nullable BigDecimal number(String name) {
        return attributes.number(name);
    }

    /** A declared flag attribute, null when absent. */
    public @Nullable Boolean flag(String name) {
        return attributes.flag(name);
    }
}
