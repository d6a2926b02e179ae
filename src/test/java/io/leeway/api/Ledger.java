package io.leeway.api;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The ledger as its database holds it, seen from outside of the service. */
final class Ledger {
    private static final String PREFIX = "leeway.test.jdbc.";

    private Ledger() {}

    /** How many entries there are. */
    static long size() {
        try (Connection connection = DriverManager.getConnection(
                        System.getProperty(PREFIX + "url"),
                        System.getProperty(PREFIX + "username", ""),
                        System.getProperty(PREFIX + "password", ""));
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("select count(*) from ledger_entry")) {
            count.next();
            return count.getLong(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
