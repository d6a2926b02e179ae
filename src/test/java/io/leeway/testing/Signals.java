package io.leeway.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Signals to processes by id: {@code STOP} pauses as if the machine hung, {@code CONT} goes on, {@code KILL} ends at once. */
public final class Signals {
    private Signals() {}

    /** Sends it to each, in order; those that are gone are left out. */
    public static void send(String signal, List<Long> pids) throws IOException, InterruptedException {
        List<String> living =
                pids.stream().filter(Signals::isAlive).map(String::valueOf).toList();
        if (living.isEmpty()) {
            return;
        }
        List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
        command.addAll(living);
        new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    /** The process and all that come from it, itself first. */
    public static List<Long> family(long pid) {
        return ProcessHandle.of(pid)
                .map(process -> Stream.concat(Stream.of(process), process.descendants())
                        .map(ProcessHandle::pid)
                        .toList())
                .orElse(List.of());
    }

    /** Whether it runs or is paused; one that ended and that nobody has asked about is not alive. */
    public static boolean isAlive(long pid) {
        try {
            String status = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return status.charAt(status.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException e) {
            return false;
        }
    }
}
