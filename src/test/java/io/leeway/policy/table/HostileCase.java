package io.leeway.policy.table;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.leeway.policy.PolicyFile;
import io.leeway.testing.ArchiveBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.poifs.crypt.EncryptionInfo;
import org.apache.poi.poifs.crypt.EncryptionMode;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.jspecify.annotations.Nullable;

/** A file that must be refused, as {@code hostile-files.yaml} describes it; its head says what each member means. */
record HostileCase(
        String name,
        @Nullable String file,
        @Nullable String part,
        @Nullable String text,
        int zeros,
        @Nullable String replace,
        @Nullable String before,
        @Nullable String to,
        int times,
        @Nullable String after,
        @Nullable String bytes,
        int size,
        @Nullable String variant,
        @Nullable Map<String, String> set,
        @Nullable Map<Integer, String> add,
        @Nullable Map<String, String> with,
        @Nullable List<String> merge,
        @Nullable List<Integer> hideRows,
        @Nullable List<String> hideColumns,
        boolean hideSheet,
        @Nullable String only,
        List<String> expect) {

    private static final int MIB = 1 << 20;

    /**
     * All cases by class.
     *
     * @param file stands for FILE
     * @param port stands for PORT
     */
    static Map<String, List<HostileCase>> read(String file, int port) throws IOException {
        try (InputStream yaml = HostileCase.class.getResourceAsStream("/cases/workbooks/hostile-files.yaml")) {
            String text = new String(yaml.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("FILE", file)
                    .replace("PORT", Integer.toString(port));
            return new ObjectMapper(new YAMLFactory()).readValue(text, new TypeReference<>() {});
        }
    }

    /** The case in each format that it is for: the files of a version. */
    Stream<List<PolicyFile>> versions(Map<String, String> bases) throws Exception {
        if (bytes == null && part == null) {
            TableCase table = table();
            return table.formats().map(format -> table.files(bases, format));
        }
        byte[] sound = table().files(bases, "xlsx").get(0).bytes();
        byte[] made = part == null || bytes != null
                ? made(sound)
                : changed(ArchiveBuilder.of(sound)).zip();
        return Stream.of(List.of(new PolicyFile(file == null ? "policy.xlsx" : file, made)));
    }

    private TableCase table() {
        return new TableCase(
                name, null, set, add, with, merge, hideRows, hideColumns, hideSheet, null, null, only, expect);
    }

    private ArchiveBuilder changed(ArchiveBuilder archive) {
        String name = part.equals("sheet") ? "xl/worksheets/sheet1.xml" : part;
        if (zeros > 0) {
            return archive.put(name, new byte[zeros * MIB]);
        }
        if (replace == null) {
            return archive.put(name, text.getBytes(StandardCharsets.UTF_8));
        }
        return archive.replace(name, replace, or(before) + or(to).repeat(Math.max(1, times)) + or(after));
    }

    private byte[] made(byte[] sound) throws Exception {
        ArchiveBuilder archive = ArchiveBuilder.of(sound);
        return switch (String.valueOf(bytes)) {
            case "deep zeros" ->
                archive.put("xl/bomb.xml", new byte[size * MIB]).zip();
            case "nested" ->
                archive.put(
                                part,
                                ArchiveBuilder.empty()
                                        .put("a", new byte[40 * MIB])
                                        .zip())
                        .zip();
            case "wrapped" -> ArchiveBuilder.empty().put("policy.xlsx", sound).zip();
            case "overlapping" -> archive.zipOverlapping(size);
            case "many parts" -> manyParts(archive);
            case "random" -> random();
            case "csv of commas" -> ",".repeat(size * MIB).getBytes(StandardCharsets.UTF_8);
            case "csv of one value" -> "x".repeat(size * MIB).getBytes(StandardCharsets.UTF_8);
            case "twice" -> archive.zipTwice("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml");
            case "encrypted" -> encrypted(sound);
            case "encrypted flag" -> {
                sound[6] |= 1;
                yield sound;
            }
            case "cut" -> Arrays.copyOf(sound, cut(sound.length));
            case "text" -> text.getBytes(StandardCharsets.UTF_8);
            case "utf-16" -> "RuleSet,x\nOwner,me\n".getBytes(StandardCharsets.UTF_16);
            case "other archive" ->
                ArchiveBuilder.empty().put("a.txt", new byte[] {1}).zip();
            case "xls" -> xls();
            case "ods" ->
                ArchiveBuilder.empty()
                        .put(
                                "mimetype",
                                "application/vnd.oasis.opendocument.spreadsheet".getBytes(StandardCharsets.UTF_8))
                        .put("content.xml", "<office:document-content/>".getBytes(StandardCharsets.UTF_8))
                        .zip();
            case "ole part" -> archive.put("xl/theme/theme9.bin", xls()).zip();
            default -> throw new IllegalArgumentException("no such bytes: " + bytes);
        };
    }

    private byte[] manyParts(ArchiveBuilder archive) {
        for (int i = 0; i < size; i++) {
            archive.put("xl/more" + i, new byte[0]);
        }
        return archive.zip();
    }

    private byte[] random() {
        byte[] random = new byte[size * MIB];
        new Random(4_711).nextBytes(random);
        return random;
    }

    /** -1: without the end; -2: half. */
    private int cut(int length) {
        return size == -1 ? length - 30 : size == -2 ? length / 2 : Math.min(size, length);
    }

    private byte[] encrypted(byte[] sound) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (POIFSFileSystem files = new POIFSFileSystem()) {
            var encryptor =
                    new EncryptionInfo(EncryptionMode.valueOf(or(variant).toLowerCase(Locale.ROOT))).getEncryptor();
            encryptor.confirmPassword("secret");
            try (var data = encryptor.getDataStream(files)) {
                data.write(sound);
            }
            files.writeFilesystem(out);
        }
        return out.toByteArray();
    }

    private static byte[] xls() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (HSSFWorkbook workbook = new HSSFWorkbook()) {
            workbook.createSheet("x");
            workbook.write(out);
        }
        return out.toByteArray();
    }

    private static String or(@Nullable String text) {
        return text == null ? "" : text;
    }
}
