package io.leeway.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * One table that is filled by {@code COPY} on a connection of its own, in one transaction. It is emptied first and gets its
 * rows back, so that a server with {@code wal_level = minimal} writes no log of it; its secondary indexes are built at the end.
 */
final class CopiedTable implements AutoCloseable {
    private final Connection connection;
    private final List<String> indexes = new ArrayList<>();
    private final CopyIn copy;

    CopiedTable(Connection connection, String table, String columns) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("create temp table kept on commit drop as select * from " + table);
            dropIndexes(statement, table);
            statement.execute("truncate " + table);
            statement.execute("insert into " + table + " select * from kept");
        }
        copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("copy " + table + " (" + columns + ") from stdin with (format binary)");
        copy.writeToCopy(CopyRows.START, 0, CopyRows.START.length);
    }

    private void dropIndexes(Statement statement, String table) throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery("select indexrelid::regclass::text, pg_get_indexdef(indexrelid)"
                + " from pg_index where indrelid = '" + table + "'::regclass and not indisprimary"
                + " and (select relkind from pg_class where oid = indrelid) = 'r'")) {
            while (rows.next()) {
                names.add(rows.getString(1));
                indexes.add(rows.getString(2));
            }
        }
        for (String name : names) {
            statement.execute("drop index " + name);
        }
    }

    void write(byte[] rows) throws SQLException {
        copy.writeToCopy(rows, 0, rows.length);
    }

    /** Ends the rows, builds the indexes and commits. */
    void finish() throws SQLException {
        byte[] end = {-1, -1};
        copy.writeToCopy(end, 0, end.length);
        copy.endCopy();
        try (Statement statement = connection.createStatement()) {
            statement.execute("set local maintenance_work_mem = '512MB'");
            for (String index : indexes) {
                statement.execute(index);
            }
        }
        connection.commit();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
