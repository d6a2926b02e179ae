package io.leeway.policy.table;

import io.leeway.policy.check.FindingCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
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
    private static final byte[] DOCUMENT_TYPE = "<!DOCTYPE".getBytes(StandardCharsets.US_ASCII);

    private final Map<String, byte[]> parts = new HashMap<>();

    private WorkbookArchive() {}

    static WorkbookArchive open(byte[] bytes) throws UnreadableFileException {
        if (bytes.length > Limits.FILE_BYTES) {
            throw UnreadableFileException.tooLarge("the file has more than `" + Limits.FILE_BYTES + "` bytes");
        }
        refuseOldFormat(bytes);
        if (isArchive(bytes) && bytes.length > 7 && (bytes[6] & 1) == 1) {
            throw new UnreadableFileException(FindingCode.ENCRYPTED, null, "the archive is encrypted");
        }
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
        if (!isOle(bytes)) {
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
        Set<String> names = new HashSet<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            ZipEntry entry = zip.getNextEntry();
            while (entry != null) {
                byte[] content = zip.readNBytes(Limits.INFLATED_BYTES - inflated + 1);
                inflated += content.length;
                if (inflated > Limits.INFLATED_BYTES) {
                    throw UnreadableFileException.tooLarge("more than `50 MiB` when inflated");
                }
                refuseName(entry.getName());
                // Spreadsheet programs do not tell names by their case (ECMA-376 part 2, 6.2.2.3).
                if (!names.add(entry.getName().toLowerCase(Locale.ROOT))) {
                    throw UnreadableFileException.malformed("the archive holds a part twice");
                }
                parts.put(entry.getName(), content);
                if (parts.size() > Limits.ENTRIES) {
                    throw UnreadableFileException.tooLarge("more than `" + Limits.ENTRIES + "` parts in the archive");
                }
                entry = zip.getNextEntry();
            }
        }
    }

    /** No name of a part leads anywhere: nothing is unpacked here, but others may unpack it. */
    private static void refuseName(String name) throws UnreadableFileException {
        boolean leads = name.startsWith("/")
                || name.indexOf('\\') >= 0
                || name.indexOf(':') >= 0
                || List.of(name.split("/")).contains("..");
        if (leads) {
            throw UnreadableFileException.malformed("the archive holds a part under a name that leads out of it");
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

    private static boolean isArchive(byte[] bytes) {
        return bytes.length > 3 && bytes[0] == 'P' && bytes[1] == 'K' && bytes[2] == 3 && bytes[3] == 4;
    }

    /** Whether it begins as an OLE 2 compound file does: old Office files, encrypted ones, embedded objects. */
    private static boolean isOle(byte[] bytes) {
        return bytes.length > 8 && (bytes[0] & 0xff) == 0xd0 && (bytes[1] & 0xff) == 0xcf;
    }

    private void refuseActiveContent() throws UnreadableFileException {
        for (Map.Entry<String, byte[]> entry : parts.entrySet()) {
            String part = entry.getKey();
            String name = part.toLowerCase(Locale.ROOT);
            refuseDocumentType(name, entry.getValue());
            if (name.endsWith("vbaproject.bin") || name.contains("macrosheets/")) {
                throw new UnreadableFileException(
                        FindingCode.MACROS, null, "the workbook holds macros, `" + part + "`");
            }
            if (name.contains("externallinks/") || name.endsWith("connections.xml")) {
                throw new UnreadableFileException(
                        FindingCode.EXTERNAL_LINK, null, "the workbook draws on other files, `" + part + "`");
            }
            if (name.contains("embeddings/")
                    || name.contains("activex/")
                    || name.contains("ctrlprops/")
                    || name.contains("webextensions/")
                    || isArchive(entry.getValue())
                    || isOle(entry.getValue())) {
                throw new UnreadableFileException(
                        FindingCode.EMBEDDED_OBJECT, null, "the workbook holds an embedded object, `" + part + "`");
            }
        }
        if (parts.containsKey("xl/workbook.bin")) {
            throw UnreadableFileException.malformed("the file is an .xlsb workbook under another name");
        }
        byte[] types = parts.getOrDefault("[Content_Types].xml", new byte[0]);
        if (new String(types, StandardCharsets.UTF_8).contains("macroEnabled")) {
            throw new UnreadableFileException(
                    FindingCode.MACROS, null, "the file is an .xlsm workbook under another name");
        }
    }

    /** Those that are read here are parsed without; this is for the parts that only others read. */
    private static void refuseDocumentType(String name, byte[] content) throws UnreadableFileException {
        for (int at = 0; at + DOCUMENT_TYPE.length <= content.length; at++) {
            if (content[at] == '<'
                    && content[at + 1] == '!'
                    && Arrays.equals(content, at, at + DOCUMENT_TYPE.length, DOCUMENT_TYPE, 0, DOCUMENT_TYPE.length)) {
                throw UnreadableFileException.malformed(
                        "part `" + name + "` has a document type, which no workbook has");
            }
        }
    }
}
