package io.leeway.policy.compile;

import java.util.Collection;
import java.util.Properties;
import org.drools.model.Model;
import org.drools.modelcompiler.KieBaseBuilder;
import org.kie.api.KieBase;
import org.kie.api.KieBaseConfiguration;
import org.kie.api.KieServices;
import org.kie.api.conf.KieBaseMutabilityOption;
import org.kie.api.runtime.KieSessionConfiguration;
import org.kie.api.runtime.conf.DirectFiringOption;

/** How rule bases and their sessions are set up. */
final class RuleBase {
    private RuleBase() {}

    /** One rule base of all the models; it cannot be changed afterwards. */
    static KieBase of(Collection<Model> models, ClassLoader loader) {
        KieBaseConfiguration configuration = KieServices.get().newKieBaseConfiguration(new Properties(), loader);
        configuration.setOption(KieBaseMutabilityOption.DISABLED);
        return KieBaseBuilder.createKieBaseFromModel(models, configuration);
    }

    /**
     * Direct firing: no rule here has a salience or changes facts, so the agenda has nothing to put in order. Sessions stay
     * thread-safe: without it Drools keeps the arguments of a consequence in the rule base, where sessions of other
     * threads overwrite them.
     */
    static KieSessionConfiguration sessionConfiguration() {
        KieSessionConfiguration configuration = KieServices.get().newKieSessionConfiguration();
        configuration.setOption(DirectFiringOption.YES);
        return configuration;
    }
}
