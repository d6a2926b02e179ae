package io.leeway.testing.bad.api;

record BaseResource(String word) {}
