package io.leeway.cli;

import java.util.concurrent.Callable;
import java.util.function.IntSupplier;
import picocli.CommandLine.Command;

/** {@code leeway serve}: the service, in this process, until told to stop. */
@Command(name = "serve", description = "Run the service.", mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
    private final IntSupplier service;

    ServeCommand(IntSupplier service) {
        this.service = service;
    }

    @Override
    public Integer call() {
        return service.getAsInt();
    }
}
