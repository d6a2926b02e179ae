package io.leeway.testing.bad.decision;

import com.fasterxml.jackson.core.JsonFactory;

record ParsesJson(JsonFactory factory) {}
