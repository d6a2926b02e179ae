package io.leeway.policy.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.model.Proposal;
import io.leeway.policy.PolicyTables;
import io.leeway.policy.VerdictBuilder;
import io.leeway.policy.table.StockExport;
import io.leeway.testing.RandomTables;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.drools.decisiontable.InputType;
import org.drools.decisiontable.SpreadsheetCompiler;
import org.drools.model.codegen.ExecutableModelProject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.kie.api.KieBase;
import org.kie.api.KieServices;
import org.kie.api.builder.KieBuilder;
import org.kie.api.builder.KieFileSystem;
import org.kie.api.builder.Message;
import org.kie.api.builder.ReleaseId;
import org.kie.api.builder.model.KieModuleModel;
import org.kie.api.event.rule.AfterMatchFiredEvent;
import org.kie.api.event.rule.DefaultAgendaEventListener;
import org.kie.api.runtime.KieContainer;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.KieSessionConfiguration;
import org.kie.api.runtime.conf.ClockTypeOption;
import org.kie.api.time.SessionPseudoClock;

/** The compiled policy against stock decision tables: random tables, exported, all of them in one stock rule base. */
class StockOracleTest {
    private static final long SEED = 4_711;
    private static final int TABLES = Boolean.getBoolean("leeway.test.full") ? 200 : 60;
    private static final int PROPOSALS = 50;
    private static final int MOST_ROWS = Boolean.getBoolean("leeway.test.full") ? 20 : 7;

    private static TimeZone zone;

    @BeforeAll
    static void stockDatesAreDaysOfTheDefaultZone() {
        zone = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    }

    @AfterAll
    static void restoreZone() {
        TimeZone.setDefault(zone);
    }

    @Test
    void stockTablesFireTheSameRows() throws Exception {
        RandomTables random = new RandomTables(SEED);
        List<PolicyTables> tables = new ArrayList<>();
        for (int i = 0; i < TABLES; i++) {
            tables.add(random.tables(MOST_ROWS));
        }
        KieBase stock = stock(tables);
        List<CompiledPolicy> policies =
                tables.stream().map(TableOracleTest::compile).toList();
        int fired = 0;
        for (int j = 0; j < PROPOSALS; j++) {
            Proposal proposal = awayFromMidnight(random.proposal());
            Map<Integer, TreeSet<String>> byTable = fire(stock, proposal);
            for (int i = 0; i < TABLES; i++) {
                TreeSet<String> expected = byTable.getOrDefault(i, new TreeSet<>());
                TreeSet<String> actual = new TreeSet<>(TableOracleTest.ids(
                        TableOracleTest.evaluate(policies.get(i), proposal).rows()));
                assertThat(actual)
                        .as(
                                "seed %d, table %d, proposal %s, rows %s",
                                SEED, i, proposal, tables.get(i).rows())
                        .isEqualTo(expected);
                fired += expected.size();
            }
        }
        assertThat(fired).as("something must fire").isGreaterThan(PROPOSALS * TABLES / 2);
    }

    /** A stock rule counts from just after midnight, a row from midnight on. */
    static Proposal awayFromMidnight(Proposal proposal) {
        return proposal.at(
                proposal.now().plusMillis(1),
                io.leeway.model.Stage.valueOf(proposal.agent().stage()),
                proposal.evidence().schemas(),
                proposal.trace().depth().longValue(),
                proposal.trace().repeats().longValue());
    }

    static KieBase stock(List<PolicyTables> tables) throws Exception {
        KieServices services = KieServices.get();
        ReleaseId id = services.newReleaseId("io.leeway.test", "stock-oracle", "1");
        KieFileSystem files = services.newKieFileSystem();
        files.generateAndWritePomXML(id);
        KieModuleModel module = services.newKieModuleModel();
        module.newKieBaseModel("stock").setDefault(true);
        files.writeKModuleXML(module.toXML());
        for (int i = 0; i < tables.size(); i++) {
            for (Map.Entry<String, String> file : StockExport.csv(tables.get(i)).entrySet()) {
                String csv = file.getValue().replaceFirst("\"leeway\\.(\\w+)\"", "\"leeway.$1.t" + i + "\"");
                String drl = new SpreadsheetCompiler()
                        .compile(new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)), InputType.CSV);
                files.write("src/main/resources/t" + i + "/" + file.getKey() + ".drl", drl);
            }
        }
        KieBuilder builder = services.newKieBuilder(files);
        builder.buildAll(ExecutableModelProject.class);
        assertThat(builder.getResults().getMessages(Message.Level.ERROR)).isEmpty();
        KieContainer container = services.newKieContainer(id);
        services.getRepository().removeKieModule(id);
        return container.getKieBase();
    }

    static Map<Integer, TreeSet<String>> fire(KieBase stock, Proposal proposal) {
        KieSessionConfiguration configuration = KieServices.get().newKieSessionConfiguration();
        configuration.setOption(ClockTypeOption.PSEUDO);
        Map<Integer, TreeSet<String>> fired = new HashMap<>();
        KieSession session = stock.newKieSession(configuration, null);
        try {
            SessionPseudoClock clock = session.getSessionClock();
            clock.advanceTime(proposal.now().toEpochMilli(), TimeUnit.MILLISECONDS);
            session.setGlobal("verdict", new VerdictBuilder());
            session.addEventListener(new DefaultAgendaEventListener() {
                @Override
                public void afterMatchFired(AfterMatchFiredEvent event) {
                    String name = event.getMatch().getRule().getPackageName();
                    int table = Integer.parseInt(name.substring(name.lastIndexOf(".t") + 2));
                    fired.computeIfAbsent(table, any -> new TreeSet<>())
                            .add(event.getMatch().getRule().getName());
                }
            });
            session.insert(proposal);
            session.fireAllRules();
        } finally {
            session.dispose();
        }
        return fired;
    }
}
