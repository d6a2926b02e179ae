package io.leeway.testing.bad.model;

import io.leeway.testing.bad.policy.Plain;

record LooksUp(Plain plain) {}
