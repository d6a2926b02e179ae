package io.leeway.testing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/** Takes a workbook's archive apart, to put it together otherwise than any spreadsheet program would. */
public final class ArchiveBuilder {
    private static final int END = 22;
    private static final int ENTRY = 46;

    private final Map<String, byte[]> parts = new LinkedHashMap<>();

    private ArchiveBuilder() {}

    /** The parts of that archive. */
    public static ArchiveBuilder of(byte[] archive) {
        ArchiveBuilder builder = new ArchiveBuilder();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                builder.parts.put(entry.getName(), zip.readAllBytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return builder;
    }

    /** No parts at all. */
    public static ArchiveBuilder empty() {
        return new ArchiveBuilder();
    }

    /** Adds a part, or replaces it. */
    public ArchiveBuilder put(String name, byte[] content) {
        parts.put(name, content);
        return this;
    }

    /** The content of a part, null when there is none of that name. */
    public byte @Nullable [] part(String name) {
        return parts.get(name);
    }

    /** Replaces the first occurrence of a text in a part, which must have it. */
    public ArchiveBuilder replace(String part, String from, String to) {
        String text = new String(parts.get(part), StandardCharsets.UTF_8);
        int at = text.indexOf(from);
        if (at < 0) {
            throw new IllegalArgumentException("`" + from + "` is not in " + part + ": " + text);
        }
        String changed = text.substring(0, at) + to + text.substring(at + from.length());
        return put(part, changed.getBytes(StandardCharsets.UTF_8));
    }

    /** The archive. */
    public byte[] zip() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The archive with that part twice: under its name, and under the name of the other, which is as long. */
    public byte[] zipTwice(String part, String placeholder) {
        put(placeholder, parts.get(part));
        String text = new String(zip(), StandardCharsets.ISO_8859_1);
        return text.replace(placeholder, part).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The archive with that many more entries in its directory, which all mean the content of the first (a "better zip bomb"). */
    public byte[] zipOverlapping(int count) {
        byte[] archive = zip();
        ByteBuffer end =
                ByteBuffer.wrap(archive, archive.length - END, END).slice().order(ByteOrder.LITTLE_ENDIAN);
        int start = end.getInt(16);
        ByteBuffer directory = ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN);
        int length = ENTRY
                + directory.getShort(start + 28)
                + directory.getShort(start + 30)
                + directory.getShort(start + 32);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(archive, 0, archive.length - END);
        for (int i = 0; i < count; i++) {
            byte[] entry = new byte[length];
            System.arraycopy(archive, start, entry, 0, length);
            byte[] number = String.format("%06d", i).getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(number, 0, entry, ENTRY, number.length);
            bytes.writeBytes(entry);
        }
        end.putShort(8, (short) (end.getShort(8) + count));
        end.putShort(10, (short) (end.getShort(10) + count));
        end.putInt(12, end.getInt(12) + count * length);
        byte[] tail = new byte[END];
        end.rewind();
        end.get(tail);
        bytes.writeBytes(tail);
        return bytes.toByteArray();
    }
}
