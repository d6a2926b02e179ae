package io.leeway.testing.bad.activity;

import jakarta.persistence.EntityManager;

public record OpenRow(EntityManager manager) {}
