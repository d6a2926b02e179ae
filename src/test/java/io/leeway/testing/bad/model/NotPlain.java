package io.leeway.testing.bad.model;

import org.jboss.logging.Logger;

record NotPlain(Logger log) {}
