package io.leeway.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The ledger as its database holds it, seen from outside of the service. */
final class Ledger {
    private static final String PREFIX = "leeway.test.jdbc.";

    private Ledger() {}

    /** How many entries there are. */
    static long size() {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("select count(*) from ledger_entry")) {
            count.next();
            return count.getLong(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** The header of the entry at that position, byte for byte. */
    static byte[] header(long position) {
        try (Connection connection = connect();
                PreparedStatement select =
                        connection.prepareStatement("select header from ledger_entry where position = ?")) {
            select.setLong(1, position);
            try (ResultSet row = select.executeQuery()) {
                assertThat(row.next()).isTrue();
                return row.getBytes(1);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Erases what stands beside an entry, as the law may ask. */
    static void eraseFacts(long position) {
        try (Connection connection = connect();
                PreparedStatement delete =
                        connection.prepareStatement("delete from ledger_record where position = ?")) {
            delete.setLong(1, position);
            assertThat(delete.executeUpdate()).isEqualTo(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection(
                System.getProperty(PREFIX + "url"),
                System.getProperty(PREFIX + "username", ""),
                System.getProperty(PREFIX + "password", ""));
    }
}
