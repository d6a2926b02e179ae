package io.leeway.policy.compile;

import io.leeway.policy.Finding;
import io.leeway.policy.GuardrailMatch;
import io.leeway.policy.PolicyFile;
import io.leeway.policy.Row;
import io.leeway.policy.check.FindingCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.drools.compiler.kie.builder.impl.KieContainerImpl;
import org.drools.compiler.kie.builder.impl.KieProject;
import org.drools.compiler.kproject.models.KieBaseModelImpl;
import org.drools.model.Model;
import org.drools.model.codegen.ExecutableModelProject;
import org.drools.modelcompiler.CanonicalKieModule;
import org.kie.api.KieServices;
import org.kie.api.builder.KieBuilder;
import org.kie.api.builder.KieFileSystem;
import org.kie.api.builder.Message;
import org.kie.api.builder.ReleaseId;

/** Compiles the guardrails of a version with Drools, each time as a module of its own that nothing else can mix with. */
final class GuardrailCompiler {
    private static final String PACKAGE = "io.leeway.guardrails";

    /**
     * Written by hand, and without options: Drools spells these by the machine's language, and in Turkish cannot read what it
     * wrote.
     */
    private static final String MODULE = """
            <kmodule xmlns="http://www.drools.org/xsd/kmodule"><kbase name="%s" default="true"/></kmodule>
            """.formatted(PACKAGE);

    private static final AtomicLong SEQUENCE = new AtomicLong();

    private final List<GuardrailReader.Guardrail> guardrails = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final Mentions mentions = new Mentions();

    /**
     * Compiled guardrails.
     *
     * @param loader knows the generated classes
     */
    record Compiled(Guardrails guardrails, Collection<Model> models, ClassLoader loader) {}

    /** @param rows whose ids the rules' names must not repeat */
    GuardrailCompiler(List<PolicyFile> files, List<Row> rows) {
        Set<String> names = new HashSet<>();
        rows.forEach(row -> names.add(row.id()));
        for (PolicyFile file : files) {
            GuardrailReader reader = new GuardrailReader(file, mentions);
            reader.read();
            for (GuardrailReader.Guardrail guardrail : reader.guardrails()) {
                String name = guardrail.match().rule();
                if (!names.add(name)) {
                    reader.findings()
                            .add(
                                    FindingCode.REPEATED_ID,
                                    guardrail.line(),
                                    "`" + name + "` names another rule or row already",
                                    "names are unique in a version");
                }
            }
            guardrails.addAll(reader.guardrails());
            findings.addAll(reader.findings().all());
        }
    }

    /** What is wrong with the files; anything means that there is nothing to compile. */
    List<Finding> findings() {
        return findings;
    }

    /**
     * Compiles what was read.
     *
     * @throws IllegalStateException when Drools refuses it, although it was understood here
     */
    Compiled compile(ClassLoader loader) {
        if (guardrails.isEmpty()) {
            return new Compiled(Guardrails.NONE, List.of(), loader);
        }
        StringBuilder text = new StringBuilder(
                "package " + PACKAGE + ";\nimport io.leeway.model.Proposal;\nimport io.leeway.model.Evidence;\n"
                        + "import io.leeway.model.PriorDecision;\n");
        Map<String, GuardrailMatch> byName = new HashMap<>();
        for (GuardrailReader.Guardrail guardrail : guardrails) {
            String name = "guardrail-" + byName.size();
            text.append("rule \"").append(name).append("\"\nwhen\n  ");
            text.append(guardrail.conditions()).append("\nthen\nend\n");
            byName.put(name, guardrail.match());
        }
        KieServices services = KieServices.get();
        long sequence = SEQUENCE.incrementAndGet();
        ReleaseId id = services.newReleaseId("io.leeway", "guardrails-" + sequence, "1");
        try {
            build(services, id, text.toString(), sequence, loader);
            return link(
                    services,
                    id,
                    new Guardrails(byName, mentions.pathTexts(), mentions.ages(), mentions.activity()),
                    loader);
        } finally {
            services.getRepository().removeKieModule(id);
        }
    }

    private static void build(KieServices services, ReleaseId id, String text, long sequence, ClassLoader loader) {
        KieFileSystem files = services.newKieFileSystem();
        files.generateAndWritePomXML(id);
        files.writeKModuleXML(MODULE);
        files.write("src/main/resources/io/leeway/guardrails/" + sequence + ".drl", text);
        KieBuilder builder = services.newKieBuilder(files, loader);
        builder.buildAll(ExecutableModelProject.class);
        List<Message> errors = builder.getResults().getMessages(Message.Level.ERROR);
        if (!errors.isEmpty()) {
            throw new IllegalStateException(errors.get(0).getText());
        }
    }

    private static Compiled link(KieServices services, ReleaseId id, Guardrails guardrails, ClassLoader loader) {
        KieContainerImpl container = (KieContainerImpl) services.newKieContainer(id, loader);
        try {
            KieProject project = container.getKieProject();
            CanonicalKieModule module = (CanonicalKieModule) project.getKieModuleForKBase(PACKAGE);
            KieBaseModelImpl base = (KieBaseModelImpl) project.getKieBaseModel(PACKAGE);
            return new Compiled(guardrails, new ArrayList<>(module.getModelForKBase(base)), container.getClassLoader());
        } finally {
            container.dispose();
        }
    }
}
