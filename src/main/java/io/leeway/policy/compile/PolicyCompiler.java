package io.leeway.policy.compile;

import io.leeway.policy.Finding;
import io.leeway.policy.PolicyFile;
import io.leeway.policy.PolicyTables;
import io.leeway.policy.check.FindingCode;
import java.util.ArrayList;
import java.util.Comparator;
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
        List<Model> models = new ArrayList<>(List.of(RowModel.of(tables.rows())));
        if (drl.isEmpty()) {
            return compiled(new CompiledPolicy(version, digest, tables, Guardrails.NONE, RuleBase.of(models, loader)));
        }
        List<PolicyFile> files =
                drl.stream().sorted(Comparator.comparing(PolicyFile::name)).toList();
        GuardrailCompiler guardrails = new GuardrailCompiler(files, tables.rows());
        List<Finding> findings =
                guardrails.findings().stream().sorted(Finding.ORDER).toList();
        if (!findings.isEmpty()) {
            return new Compilation(null, findings);
        }
        try {
            GuardrailCompiler.Compiled compiled = guardrails.compile(loader);
            models.addAll(compiled.models());
            return compiled(new CompiledPolicy(
                    version, digest, tables, compiled.guardrails(), RuleBase.of(models, compiled.loader())));
        } catch (RuntimeException e) {
            String message = "the rules do not compile: " + e.getMessage();
            return new Compilation(
                    null,
                    List.of(Finding.error(
                            FindingCode.DRL_COMPILE.code(), files.get(0).name(), null, null, message, "")));
        }
    }

    /** What is wrong with DRL files by themselves, in {@link Finding#ORDER}; nothing is compiled. */
    public static List<Finding> check(List<PolicyFile> drl) {
        return new GuardrailCompiler(drl, List.of())
                .findings().stream().sorted(Finding.ORDER).toList();
    }

    private static Compilation compiled(CompiledPolicy policy) {
        return new Compilation(policy, List.of());
    }
}
