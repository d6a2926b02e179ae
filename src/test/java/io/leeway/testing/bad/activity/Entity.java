package io.leeway.testing.bad.activity;

import jakarta.persistence.EntityManager;

record Entity(EntityManager manager) {}
