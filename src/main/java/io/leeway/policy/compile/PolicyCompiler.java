package io.leeway.policy.compile;

import io.leeway.policy.Finding;
import io.leeway.policy.PolicyFile;
import io.leeway.policy.PolicyTables;
import java.util.ArrayList;
import java.util.List;
import org.drools.model.Model;

/** Compiles policy versions. */
public final class PolicyCompiler {
    private PolicyCompiler() {}

    /**
     * Compiles a version aside, without touching any other.
     *
     * @param digest {@code sha256:…}
     * @param drl the DRL files of the version; without any, no compiler is touched
     * @return no policy when a finding is an error
     */
    public static Compilation compile(String version, String digest, PolicyTables tables, List<PolicyFile> drl) {
        ClassLoader loader = PolicyCompiler.class.getClassLoader();
        List<Finding> findings = new ArrayList<>();
        List<Model> models = new ArrayList<>();
        models.add(RowModel.of(tables.rows()));
        Guardrails guardrails = Guardrails.NONE;
        return new Compilation(
                new CompiledPolicy(version, digest, tables, guardrails, RuleBase.of(models, loader)), findings);
    }
}
