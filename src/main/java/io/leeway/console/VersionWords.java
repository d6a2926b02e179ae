package io.leeway.console;

import io.leeway.policy.Finding;
import io.leeway.policy.analysis.Comparison.Meaning;
import io.leeway.policy.release.PolicyVersion;
import io.quarkus.qute.TemplateExtension;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What pages say of policy versions: {@code version.meaning.sentence} in templates. */
@TemplateExtension
final class VersionWords {
    private VersionWords() {}

    static String label(PolicyVersion.State state) {
        return switch (state) {
            case CANDIDATE -> "Candidate";
            case APPROVED -> "Approved";
            case ACTIVE -> "In force";
            case RETIRED -> "Retired";
        };
    }

    /** How the style sheet names it. */
    static String style(PolicyVersion.State state) {
        return "state-" + state.name().toLowerCase(Locale.ROOT);
    }

    static String label(Meaning meaning) {
        return switch (meaning) {
            case EQUAL -> "Means the same";
            case TIGHTER -> "Tighter";
            case LOOSER -> "Looser";
            case BOTH -> "Looser and tighter";
            case UNPROVEN -> "Not proven";
        };
    }

    static String style(Meaning meaning) {
        return "meaning-" + meaning.name().toLowerCase(Locale.ROOT);
    }

    /** Who gets more leeway, in a sentence. */
    static String sentence(Meaning meaning) {
        return switch (meaning) {
            case EQUAL -> "It is proven that nobody gets more leeway, and nobody less.";
            case TIGHTER -> "It is proven that nobody gets more leeway; some get less.";
            case LOOSER -> "Some get more leeway, nobody less.";
            case BOTH -> "Some get more leeway, others less.";
            case UNPROVEN -> "Who gets more leeway could not be proven.";
        };
    }

    /** What forbids its approval, a part of a sentence each: {@code 2 errors}. */
    static List<String> list(PolicyVersion.Obstacles obstacles) {
        List<String> parts = new ArrayList<>();
        add(parts, obstacles.brokenGuarantees(), "guarantee that does not hold", "guarantees that do not hold");
        add(parts, obstacles.errors() - obstacles.brokenGuarantees(), "error", "errors");
        add(parts, obstacles.failedTests(), "test that fails", "tests that fail");
        return parts;
    }

    private static void add(List<String> parts, int count, String one, String many) {
        if (count > 0) {
            parts.add(count + " " + (count == 1 ? one : many));
        }
    }

    static String style(Finding.Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }

    /** As a part of an address. */
    static String pathEncoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
