package io.leeway.cli;

import java.io.Console;
import java.io.PrintStream;
import java.util.Map;

/**
 * Where a command writes, and what it may know of its surroundings.
 *
 * @param out for what was asked for
 * @param err for what went wrong
 * @param colour whether {@code out} shows colours
 * @param environment the process's variables
 */
record Terminal(PrintStream out, PrintStream err, boolean colour, Map<String, String> environment) {
    /** The real one: coloured when it is a terminal and {@code NO_COLOR} (no-color.org) does not say otherwise. */
    static Terminal system() {
        Map<String, String> environment = System.getenv();
        boolean colour = isTerminal()
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "dumb").equals("dumb");
        return new Terminal(System.out, System.err, colour, environment);
    }

    /** From Java 22 on there is a console without a terminal too, and a method that tells. */
    private static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
