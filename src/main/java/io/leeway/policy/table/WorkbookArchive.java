package io.leeway.policy.table;

import io.leeway.policy.check.FindingCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The parts of an {@code .xlsx} file, inflated once, in memory and within the limits. Refuses what is not a plain workbook,
 * and an archive whose directory lists other parts than it holds, since spreadsheet programs go by the directory.
 */
final class WorkbookArchive {
    private static final int END_OF_DIRECTORY = 0x06054b50;
    private static final int DIRECTORY_ENTRY = 0x02014b50;

    private final Map<String, byte[]> parts = new HashMap<>();

    private WorkbookArchive() {}

    static WorkbookArchive open(byte[] bytes) throws UnreadableFileException {
        if (bytes.length > Limits.FILE_BYTES) {
            throw UnreadableFileException.tooLarge(
                    "`" + bytes.length + "` bytes, at most " + Limits.FILE_BYTES + " are read");
        }
        refuseOldFormat(bytes);
        WorkbookArchive archive = new WorkbookArchive();
        try {
            archive.inflate(bytes);
            if (!directory(bytes).equals(archive.parts.keySet())) {
                throw UnreadableFileException.malformed("the archive's directory and its content disagree");
            }
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw UnreadableFileException.malformed("the file is not an .xlsx workbook, or it is damaged");
        }
        archive.refuseActiveContent();
        return archive;
    }

    /** The part of that name, null when there is none. */
    byte @Nullable [] part(String name) {
        return parts.get(name);
    }

    private static void refuseOldFormat(byte[] bytes) throws UnreadableFileException {
        boolean ole = bytes.length > 8 && (bytes[0] & 0xff) == 0xd0 && (bytes[1] & 0xff) == 0xcf;
        if (!ole) {
            return;
        }
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        String name = new String("EncryptedPackage".getBytes(StandardCharsets.UTF_16LE), StandardCharsets.ISO_8859_1);
        throw text.contains(name)
                ? new UnreadableFileException(FindingCode.ENCRYPTED, null, "the workbook is encrypted")
                : UnreadableFileException.malformed("the file is an old .xls workbook, not .xlsx");
    }

    private void inflate(byte[] bytes) throws IOException, UnreadableFileException {
        int inflated = 0;
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            ZipEntry entry = zip.getNextEntry();
            while (entry != null) {
                byte[] content = zip.readNBytes(Limits.INFLATED_BYTES - inflated + 1);
                inflated += content.length;
                if (inflated > Limits.INFLATED_BYTES) {
                    throw UnreadableFileException.tooLarge("more than `50 MiB` when inflated");
                }
                if (parts.put(entry.getName(), content) != null) {
                    throw UnreadableFileException.malformed("the archive holds a part twice");
                }
                if (parts.size() > Limits.ENTRIES) {
                    throw UnreadableFileException.tooLarge("more than `" + Limits.ENTRIES + "` parts in the archive");
                }
                entry = zip.getNextEntry();
            }
        }
    }

    /** The names in the archive's central directory (APPNOTE.TXT 4.3.12 and 4.3.16). */
    private static Set<String> directory(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int end = bytes.length - 22;
        while (buffer.getInt(end) != END_OF_DIRECTORY) {
            end--;
        }
        int count = buffer.getShort(end + 10) & 0xffff;
        int at = buffer.getInt(end + 16);
        Set<String> names = new TreeSet<>();
        for (int i = 0; i < count && buffer.getInt(at) == DIRECTORY_ENTRY; i++) {
            int name = buffer.getShort(at + 28) & 0xffff;
            names.add(new String(bytes, at + 46, name, StandardCharsets.UTF_8));
            at += 46 + name + (buffer.getShort(at + 30) & 0xffff) + (buffer.getShort(at + 32) & 0xffff);
        }
        return names;
    }

    private void refuseActiveContent() throws UnreadableFileException {
        for (String part : parts.keySet()) {
            String name = part.toLowerCase(Locale.ROOT);
            if (name.endsWith("vbaproject.bin") || name.contains("macrosheets/")) {
                throw new UnreadableFileException(
                        FindingCode.MACROS, null, "the workbook holds macros, `" + part + "`");
            }
            if (name.contains("externallinks/") || name.endsWith("connections.xml")) {
                throw new UnreadableFileException(
                        FindingCode.EXTERNAL_LINK, null, "the workbook draws on other files, `" + part + "`");
            }
            if (name.contains("embeddings/") || name.contains("activex/") || name.contains("ctrlprops/")) {
                throw new UnreadableFileException(
                        FindingCode.EMBEDDED_OBJECT, null, "the workbook holds an embedded object, `" + part + "`");
            }
        }
        byte[] types = parts.getOrDefault("[Content_Types].xml", new byte[0]);
        if (new String(types, StandardCharsets.UTF_8).contains("macroEnabled")) {
            throw new UnreadableFileException(
                    FindingCode.MACROS, null, "the file is an .xlsm workbook under another name");
        }
    }
}
