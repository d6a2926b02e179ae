package io.leeway.server;

import io.leeway.policy.release.CompiledAhead;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusBindException;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigValidationException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/**
 * One run of the service in this process: database, then Quarkus; and in the opposite order at the end, also on SIGTERM
 * and Ctrl-C.
 */
final class ServiceProcess {
    /** Longer than Quarkus takes to finish what is under way; after that the database stops regardless. */
    private static final int SHUTDOWN_SECONDS = 30;

    private final CountDownLatch served = new CountDownLatch(1);
    private final PrintStream errors = System.err;
    private @Nullable EmbeddedDatabase database;
    private int exitCode;

    /** Serves until told to stop; returns the exit code, having said on standard error why it is not 0. */
    int run() {
        try {
            Settings settings = Settings.read();
            settings.prepare();
            CompiledAhead.begin(ShippedPolicy.directories(settings.policyDirectory()), LocalDate.now(ZoneOffset.UTC));
            if (settings.external() == null) {
                open(settings);
            } else {
                settings.external().demandReachable();
            }
            Runtime.getRuntime().addShutdownHook(new Thread(this::stopAfterService, "stop-database"));
            Quarkus.run(Service.class, this::ended);
        } catch (StartupException e) {
            errors.println("leeway: " + e.getMessage());
            exitCode = 2;
        } catch (IOException e) {
            errors.println("leeway: the data directory cannot be used: "
                    + e.getClass().getSimpleName() + " " + e.getMessage());
            exitCode = 2;
        } finally {
            served.countDown();
            stopDatabase();
        }
        return exitCode;
    }

    private void open(Settings settings) {
        EmbeddedDatabase opened = EmbeddedDatabase.open(settings.dataDirectory());
        synchronized (this) {
            database = opened;
        }
        System.setProperty("quarkus.datasource.jdbc.url", opened.jdbcUrl());
        System.setProperty("quarkus.datasource.username", opened.username());
        System.setProperty("quarkus.datasource.password", opened.password());
        System.setProperty("leeway.embedded-database", "true");
    }

    /** Hooks run side by side: this one waits for Quarkus' own to have let go of the database. */
    private void stopAfterService() {
        try {
            if (!served.await(SHUTDOWN_SECONDS, TimeUnit.SECONDS)) {
                errors.println(
                        "leeway: the service did not stop within " + SHUTDOWN_SECONDS + " s; the database stops now");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        stopDatabase();
    }

    private synchronized void stopDatabase() {
        EmbeddedDatabase running = database;
        database = null;
        if (running != null) {
            try {
                running.close();
            } catch (StartupException | UncheckedIOException e) {
                errors.println("leeway: " + e.getMessage());
            }
        }
    }

    private void ended(int code, @Nullable Throwable failure) {
        exitCode = code;
        if (failure == null) {
            return;
        }
        Throwable cause = rootCause(failure);
        if (cause instanceof QuarkusBindException taken) {
            errors.println("leeway: `" + taken.getHost() + ":" + taken.getPort()
                    + "` cannot be listened on, most likely another process does; set QUARKUS_HTTP_PORT");
            exitCode = 2;
        } else if (cause instanceof ConfigurationException
                || cause instanceof ConfigValidationException
                || cause instanceof StartupException) {
            errors.println("leeway: " + cause.getMessage());
            exitCode = 2;
        } else if (cause instanceof SQLException || cause instanceof FlywayException || cause instanceof IOException) {
            errors.println("leeway: did not start: " + cause.getMessage());
        } else {
            errors.println("leeway: did not start, and that is a defect of Leeway: please report what follows");
            failure.printStackTrace(errors);
        }
    }

    private static Throwable rootCause(Throwable failure) {
        Throwable cause = failure;
        for (Throwable next = cause.getCause(); next != null; next = cause.getCause()) {
            cause = next;
        }
        return cause;
    }
}
