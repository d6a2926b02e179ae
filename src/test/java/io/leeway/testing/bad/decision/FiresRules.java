package io.leeway.testing.bad.decision;

import org.kie.api.runtime.KieSession;

record FiresRules(KieSession session) {}
