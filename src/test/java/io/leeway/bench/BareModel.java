package io.leeway.bench;

import static org.drools.model.DSL.declarationOf;
import static org.drools.model.DSL.globalOf;
import static org.drools.model.DSL.on;
import static org.drools.model.PatternDSL.alphaIndexedBy;
import static org.drools.model.PatternDSL.pattern;
import static org.drools.model.PatternDSL.rule;

import java.util.List;
import org.drools.model.Global;
import org.drools.model.Index.ConstraintType;
import org.drools.model.Variable;
import org.drools.model.impl.ModelImpl;
import org.drools.modelcompiler.KieBaseBuilder;
import org.kie.api.KieBase;
import org.kie.api.runtime.KieSession;

/** The executable model with nothing around it: a bean with doubles, default options, a new session each time. */
final class BareModel {
    private static final String PACKAGE = "bench.bare";
    private final KieBase base;

    BareModel(List<Workload.Limits> rows) {
        Global<BareBean.Said> said = globalOf(BareBean.Said.class, PACKAGE, "said");
        ModelImpl model = new ModelImpl();
        model.addGlobal(said);
        for (Workload.Limits row : rows) {
            Variable<BareBean> bean = declarationOf(BareBean.class, "$b");
            String type = row.type();
            double low = row.low();
            double high = row.high();
            var pattern = pattern(bean)
                    .expr(
                            "type==" + type,
                            b -> type.equals(b.getType()),
                            alphaIndexedBy(String.class, ConstraintType.EQUAL, 0, BareBean::getType, type))
                    .expr(
                            "amount>" + low,
                            b -> b.getAmount() > low,
                            alphaIndexedBy(Double.class, ConstraintType.GREATER_THAN, 1, BareBean::getAmount, low))
                    .expr(
                            "amount<=" + high,
                            b -> b.getAmount() <= high,
                            alphaIndexedBy(Double.class, ConstraintType.LESS_OR_EQUAL, 1, BareBean::getAmount, high));
            if (row.confidence() != null) {
                double limit = row.confidence().doubleValue();
                pattern = pattern.expr(
                        "confidence<" + limit,
                        b -> b.getConfidence() < limit,
                        alphaIndexedBy(Double.class, ConstraintType.LESS_THAN, 2, BareBean::getConfidence, limit));
            }
            if (row.age() != null) {
                long limit = row.age();
                pattern = pattern.expr(
                        "age>" + limit,
                        b -> b.getAge() > limit,
                        alphaIndexedBy(Long.class, ConstraintType.GREATER_THAN, 3, BareBean::getAge, limit));
            }
            model.addRule(rule(PACKAGE, row.id())
                    .build(
                            pattern,
                            on(said).execute(s -> s.match(row.id(), row.mode().ordinal()))));
        }
        this.base = KieBaseBuilder.createKieBaseFromModel(model);
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
