package io.leeway.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Java agent that takes one {@link Protection} out of the packaged service, in its memory. It is made of test classes while
 * the tests run, so nothing that ships contains it. A service in which the place is not found does not go on.
 */
public final class Unprotected implements ClassFileTransformer {
    /** How long after the answers the commit comes. */
    public static final long COMMIT_DELAY_MILLIS = 20;

    /** How often a replica without the fence looks. */
    public static final long POLL_MILLIS = 100;

    private static final String PACKAGE = "io/leeway/testing/";
    private static final String LEDGER = "io/leeway/ledger/";
    private static final String WORKER = "io/leeway/decision/LaneWorker";
    private static final String ACTIVITY = "io/leeway/activity/RecentActivity";
    private static final Map<Object, Object> REMEMBERED = new ConcurrentHashMap<>();
    private static final Map<Object, Long> LOOKED = new WeakHashMap<>();

    private static long seen;

    private final Protection removed;

    private Unprotected(Protection removed) {
        this.removed = removed;
    }

    /** Called by the JVM; the argument names the protection. */
    public static void premain(String argument, Instrumentation instrumentation) {
        instrumentation.addTransformer(new Unprotected(Protection.valueOf(argument)));
    }

    /** Makes the agent's jar; ASM stays where it is. */
    static Path jar(Path directory) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(
                Attributes.Name.CLASS_PATH, location(ClassReader.class).toUri().toString());
        attributes.putValue("Premain-Class", Unprotected.class.getName());
        Path jar = directory.resolve("unprotected.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(file, manifest)) {
            for (Path type : types()) {
                entries.putNextEntry(new JarEntry(PACKAGE + type.getFileName()));
                Files.copy(type, entries);
            }
        }
        return jar;
    }

    /** This class with those inside it, and the enum. */
    private static List<Path> types() throws IOException {
        try (Stream<Path> files = Files.list(location(Unprotected.class).resolve(PACKAGE))) {
            return files.filter(
                            file -> file.getFileName().toString().matches("(Unprotected|Protection)(\\$.*)?\\.class"))
                    .toList();
        }
    }

    private static Path location(Class<?> type) throws IOException {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    @Override
    public byte[] transform(
            ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] before) {
        String wanted = switch (removed) {
            case ANSWER_AFTER_COMMIT -> WORKER;
            case FENCE -> LEDGER + "EpochState";
            case GENERATION -> "io/leeway/policy/release/ActivePolicy";
            case HEAD_LOCK -> LEDGER + "LedgerSession";
            case ACTIVITY -> ACTIVITY;
        };
        if (!wanted.equals(name)) {
            return null;
        }
        try {
            ClassReader reader = new ClassReader(before);
            ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
            Inserting inserting = new Inserting(writer, removed);
            reader.accept(inserting, 0);
            if (inserting.changes == 0) {
                throw new IllegalStateException("found nothing to take out of " + name);
            }
            System.out.println("UNPROTECTED " + removed + ": " + inserting.changes + " change(s) in " + name);
            return writer.toByteArray();
        } catch (Throwable e) {
            // An exception here would only mean that the class stays as it is: a control that controls nothing.
            return fail(e);
        }
    }

    private static byte[] fail(Throwable cause) {
        cause.printStackTrace();
        Runtime.getRuntime().halt(3);
        return null;
    }

    /** What a worker without {@link Protection#ANSWER_AFTER_COMMIT} does before it commits. */
    public static void answer(Object worker) {
        try {
            Class<?> task = Class.forName(
                    "io.leeway.decision.Task", true, worker.getClass().getClassLoader());
            Field inHand = open(worker.getClass().getDeclaredField("inHand"));
            Field value = open(task.getDeclaredField("value"));
            Field refusal = open(task.getDeclaredField("refusal"));
            Method tell = task.getDeclaredMethod("tell");
            tell.setAccessible(true);
            for (Object one : (List<?>) inHand.get(worker)) {
                if (value.get(one) != null || refusal.get(one) != null) {
                    tell.invoke(one);
                }
            }
            Thread.sleep(COMMIT_DELAY_MILLIS);
        } catch (ReflectiveOperationException | InterruptedException e) {
            fail(e);
        }
    }

    private static Field open(Field field) {
        field.setAccessible(true);
        return field;
    }

    /** Whether a replica without {@link Protection#FENCE} looks this time. */
    public static boolean looks(Object replica) {
        synchronized (LOOKED) {
            long now = System.nanoTime();
            Long last = LOOKED.get(replica);
            boolean due = last == null || now - last > POLL_MILLIS * 1_000_000;
            if (due) {
                LOOKED.put(replica, now);
            }
            return due;
        }
    }

    /** The generation that a replica without {@link Protection#GENERATION} goes by. */
    public static synchronized long seenLast(long generation) {
        if (looks(Protection.GENERATION)) {
            seen = generation;
        }
        return seen;
    }

    /** Whether a replica without {@link Protection#ACTIVITY} does not look this time. */
    public static boolean remembers(Object event) {
        return !looks(subject(event)) && REMEMBERED.containsKey(subject(event));
    }

    /** What it saw last. */
    public static Object remembered(Object event) {
        return REMEMBERED.get(subject(event));
    }

    /** Notes what it saw. */
    public static void remember(Object activity, Object event) {
        REMEMBERED.put(subject(event), activity);
    }

    private static Object subject(Object event) {
        try {
            return ((String) event.getClass().getMethod("subject").invoke(event)).intern();
        } catch (ReflectiveOperationException e) {
            return fail(e);
        }
    }

    /** Puts calls to the methods above where they belong, or a text without its lock. */
    private static final class Inserting extends ClassVisitor {
        private static final String SELF = PACKAGE + "Unprotected";

        private final Protection removed;
        private int changes;

        Inserting(ClassVisitor next, Protection removed) {
            super(Opcodes.ASM9, next);
            this.removed = removed;
        }

        @Override
        public MethodVisitor visitMethod(int access, String method, String type, String signature, String[] thrown) {
            MethodVisitor next = super.visitMethod(access, method, type, signature, thrown);
            return new MethodVisitor(Opcodes.ASM9, next) {
                @Override
                public void visitCode() {
                    super.visitCode();
                    if (removed == Protection.ACTIVITY && method.equals("before")) {
                        Label go = new Label();
                        callWithEvent("remembers", "(Ljava/lang/Object;)Z");
                        super.visitJumpInsn(Opcodes.IFEQ, go);
                        callWithEvent("remembered", "(Ljava/lang/Object;)Ljava/lang/Object;");
                        super.visitTypeInsn(Opcodes.CHECKCAST, "io/leeway/model/Activity");
                        super.visitInsn(Opcodes.ARETURN);
                        super.visitLabel(go);
                        super.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
                    }
                    if (removed == Protection.FENCE && method.equals("catchUp")) {
                        Label go = new Label();
                        call("looks", "(Ljava/lang/Object;)Z");
                        super.visitJumpInsn(Opcodes.IFNE, go);
                        super.visitInsn(Opcodes.RETURN);
                        super.visitLabel(go);
                        super.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
                    }
                }

                @Override
                public void visitMethodInsn(int code, String owner, String called, String kind, boolean isInterface) {
                    if (removed == Protection.ANSWER_AFTER_COMMIT
                            && owner.equals(LEDGER + "LedgerTransaction")
                            && called.equals("commit")) {
                        call("answer", "(Ljava/lang/Object;)V");
                    }
                    super.visitMethodInsn(code, owner, called, kind, isInterface);
                    if (removed == Protection.GENERATION && called.equals("policyGeneration")) {
                        changes++;
                        super.visitMethodInsn(Opcodes.INVOKESTATIC, SELF, "seenLast", "(J)J", false);
                    }
                }

                @Override
                public void visitLdcInsn(Object constant) {
                    if (removed == Protection.HEAD_LOCK
                            && constant instanceof String text
                            && text.contains(" for update")) {
                        changes++;
                        super.visitLdcInsn(text.replace(" for update", ""));
                    } else {
                        super.visitLdcInsn(constant);
                    }
                }

                @Override
                public void visitInsn(int code) {
                    if (removed == Protection.ACTIVITY && method.equals("before") && code == Opcodes.ARETURN) {
                        super.visitInsn(Opcodes.DUP);
                        callWithEvent("remember", "(Ljava/lang/Object;Ljava/lang/Object;)V");
                    }
                    super.visitInsn(code);
                }

                private void callWithEvent(String name, String descriptor) {
                    changes++;
                    super.visitVarInsn(Opcodes.ALOAD, 2);
                    super.visitMethodInsn(Opcodes.INVOKESTATIC, SELF, name, descriptor, false);
                }

                private void call(String name, String descriptor) {
                    changes++;
                    super.visitVarInsn(Opcodes.ALOAD, 0);
                    super.visitMethodInsn(Opcodes.INVOKESTATIC, SELF, name, descriptor, false);
                }
            };
        }
    }
}
