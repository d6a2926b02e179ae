package io.leeway.testing.bad.policy;

public record Plain(String word) {}
