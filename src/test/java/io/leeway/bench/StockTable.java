package io.leeway.bench;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.drools.decisiontable.InputType;
import org.drools.decisiontable.SpreadsheetCompiler;
import org.drools.model.codegen.ExecutableModelProject;
import org.kie.api.KieBase;
import org.kie.api.KieServices;
import org.kie.api.builder.KieBuilder;
import org.kie.api.builder.KieFileSystem;
import org.kie.api.builder.Message;
import org.kie.api.builder.ReleaseId;
import org.kie.api.builder.model.KieModuleModel;
import org.kie.api.runtime.KieContainer;
import org.kie.api.runtime.KieSession;

/**
 * The rows as a stock decision table, on the flat bean with doubles that suits its indexes best: text, DRL, generated
 * Java, compiled; then a new session each time.
 */
final class StockTable {
    private static final AtomicLong SEQUENCE = new AtomicLong();
    private final KieBase base;

    StockTable(List<Workload.Limits> rows) {
        this(csv(rows));
    }

    /** From the bytes of the file. */
    StockTable(byte[] csv) {
        String drl = new SpreadsheetCompiler().compile(new ByteArrayInputStream(csv), InputType.CSV);
        KieServices services = KieServices.get();
        ReleaseId id = services.newReleaseId("bench", "stock", "1." + SEQUENCE.incrementAndGet());
        KieFileSystem files = services.newKieFileSystem();
        files.generateAndWritePomXML(id);
        KieModuleModel module = services.newKieModuleModel();
        module.newKieBaseModel("stock").setDefault(true);
        files.writeKModuleXML(module.toXML());
        files.write("src/main/resources/bench/limits.drl", drl);
        KieBuilder builder = services.newKieBuilder(files);
        builder.buildAll(ExecutableModelProject.class);
        if (builder.getResults().hasMessages(Message.Level.ERROR)) {
            throw new IllegalStateException(builder.getResults().toString());
        }
        KieContainer container = services.newKieContainer(id);
        this.base = container.getKieBase();
        services.getRepository().removeKieModule(id);
    }

    static byte[] csv(List<Workload.Limits> rows) {
        StringBuilder csv = new StringBuilder("""
                RuleSet,bench.stock
                Import,io.leeway.bench.BareBean
                Variables,io.leeway.bench.BareBean.Said said
                RuleTable Limits
                NAME,CONDITION,CONDITION,CONDITION,CONDITION,CONDITION,ACTION
                ,$b : BareBean...,$b : BareBean...,$b : BareBean...,$b : BareBean...,$b : BareBean...,
                ,"type == ""$param\""",amount > $param,amount <= $param,confidence < $param,age > $param,"said.match(""$1"", $2);"
                Id,Type,Above,Up to,Confidence below,Older than,Said
                """);
        for (Workload.Limits row : rows) {
            csv.append("%s,%s,%d,%d,%s,%s,\"%s,%d\"\n"
                    .formatted(
                            row.id(),
                            row.type(),
                            row.low(),
                            row.high(),
                            row.confidence() == null ? "" : row.confidence().toPlainString(),
                            row.age() == null ? "" : row.age().toString(),
                            row.id(),
                            row.mode().ordinal()));
        }
        return csv.toString().getBytes(StandardCharsets.UTF_8);
    }

    BareBean.Said decide(BareBean bean) {
        BareBean.Said said = new BareBean.Said();
        KieSession session = base.newKieSession();
        try {
            session.setGlobal("said", said);
            session.insert(bean);
            session.fireAllRules();
        } finally {
            session.dispose();
        }
        return said;
    }
}
