package io.leeway.model;

/** Something the caller must also do: {@code notify, finance-ops} · {@code sample, 0.10}. */
public record Obligation(String type, String value) {}
