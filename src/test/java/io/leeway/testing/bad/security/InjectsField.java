package io.leeway.testing.bad.security;

import jakarta.inject.Inject;

final class InjectsField {
    @Inject
    private String word = "";

    @Override
    public String toString() {
        return word;
    }
}
