package io.leeway.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.leeway.ledger.Frontier;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * Reads the whole ledger past the service and recomputes its tree from the headers.
 *
 * @param decisions position of each decision by its id
 * @param leafHashes of every entry, by position
 */
public record LedgerAudit(Map<String, Long> decisions, Map<Long, String> leafHashes) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Fails when a position is missing, or when the tree over all headers is not the head's. */
    public static LedgerAudit of(Connection connection) throws SQLException, IOException {
        LedgerAudit audit = new LedgerAudit(new HashMap<>(), new HashMap<>());
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            // One moment for both queries, whatever a service does meanwhile.
            statement.execute("set transaction isolation level repeatable read, read only");
            statement.setFetchSize(1000);
            Frontier frontier = audit.readEntries(statement);
            try (ResultSet head =
                    statement.executeQuery("select size, frontier from ledger_head where realm = 'default'")) {
                assertThat(head.next()).isTrue();
                assertThat(head.getLong(1)).as("the head's size").isEqualTo(frontier.size());
                assertThat(Frontier.of(head.getLong(1), head.getBytes(2)).root())
                        .as("the head's root")
                        .isEqualTo(frontier.root());
            }
        } finally {
            connection.rollback();
        }
        return audit;
    }

    /** Fails when one of these verdicts is not at the place that it was answered with. */
    public void assertHolds(Collection<DecisionClient.Verdict> verdicts) {
        for (DecisionClient.Verdict verdict : verdicts) {
            assertThat(decisions.get(verdict.decisionId()))
                    .as("place of the acknowledged decision %s", verdict.decisionId())
                    .isEqualTo(verdict.index());
            assertThat(verdict.leafHash()).as("as it was answered").endsWith(leafHashes.get(verdict.index()));
        }
    }

    private Frontier readEntries(Statement statement) throws SQLException, IOException {
        Frontier frontier = Frontier.empty();
        try (ResultSet rows = statement.executeQuery(
                "select position, kind, header from ledger_entry where realm = 'default' order by position")) {
            while (rows.next()) {
                long position = rows.getLong(1);
                assertThat(position).as("no gap").isEqualTo(frontier.size());
                byte[] leafHash = Frontier.leafHash(rows.getBytes(3));
                frontier.append(leafHash);
                leafHashes.put(position, HexFormat.of().formatHex(leafHash));
                if (rows.getString(2).equals("decision")) {
                    String id =
                            JSON.readTree(rows.getBytes(3)).get("decisionId").asText();
                    assertThat(decisions.put(id, position)).as("one entry each").isNull();
                }
            }
        }
        return frontier;
    }
}
