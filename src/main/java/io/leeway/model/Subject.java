package io.leeway.model;

/** The business object acted on: an invoice, an account, a shipment. */
public record Subject(String type, String id) {}
