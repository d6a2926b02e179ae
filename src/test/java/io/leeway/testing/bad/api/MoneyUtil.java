package io.leeway.testing.bad.api;

record MoneyUtil(String word) {}
