package io.leeway.policy.compile;

import java.util.Collection;
import java.util.Properties;
import org.drools.model.Model;
import org.drools.modelcompiler.KieBaseBuilder;
import org.kie.api.KieBase;
import org.kie.api.KieBaseConfiguration;
import org.kie.api.KieServices;
import org.kie.api.conf.KieBaseMutabilityOption;

/** How rule bases are set up. */
final class RuleBase {
    private RuleBase() {}

    /**
     * One rule base of all the models; it cannot be changed afterwards. Its sessions stay thread-safe, which is the
     * default: without it Drools keeps the arguments of a consequence in the rule base, where sessions of other threads
     * overwrite them.
     */
    static KieBase of(Collection<Model> models, ClassLoader loader) {
        KieBaseConfiguration configuration = KieServices.get().newKieBaseConfiguration(new Properties(), loader);
        configuration.setOption(KieBaseMutabilityOption.DISABLED);
        return KieBaseBuilder.createKieBaseFromModel(models, configuration);
    }
}
