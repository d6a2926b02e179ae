package io.leeway.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a virtual machine holds right after a full collection.
 *
 * @param heapKib used, in KiB
 * @param metaspaceKib used, in KiB
 */
public record Memory(long heapKib, long metaspaceKib) {
    private static final Pattern HEAP = Pattern.compile("heap .*?used ([0-9]+)K");
    private static final Pattern METASPACE = Pattern.compile("Metaspace +used ([0-9]+)K");

    /** Of each of the services. */
    public static List<Memory> afterCollection(Replicas replicas) throws IOException, InterruptedException {
        List<Memory> all = new ArrayList<>();
        for (int i = 0; i < replicas.count(); i++) {
            long pid = replicas.service(i).pid();
            jcmd(pid, "GC.run");
            String info = jcmd(pid, "GC.heap_info");
            all.add(new Memory(number(HEAP, info), number(METASPACE, info)));
        }
        return all;
    }

    /** By what share the larger grown of the two has grown. */
    public double growthOver(Memory before) {
        return Math.max((double) heapKib / before.heapKib, (double) metaspaceKib / before.metaspaceKib) - 1;
    }

    private static String jcmd(long pid, String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid), command)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(output);
        }
        return output;
    }

    private static long number(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("no " + pattern + " in " + text);
        }
        return Long.parseLong(matcher.group(1));
    }
}
