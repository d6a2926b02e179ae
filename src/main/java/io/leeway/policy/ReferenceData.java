package io.leeway.policy;

/** What a version's own sheets say about days and money, and paths of the vocabulary read. */
public record ReferenceData(Calendars calendars, Rates rates) {
    /** Of a version without such sheets. */
    public static final ReferenceData NONE = new ReferenceData(Calendars.NONE, Rates.NONE);
}
