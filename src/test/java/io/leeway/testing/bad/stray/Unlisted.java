package io.leeway.testing.bad.stray;

record Unlisted(String word) {}
