package io.leeway.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** LibreOffice without a screen, as far as a person at a spreadsheet needs it. */
public final class Office {
    private static final Path PROGRAM = Path.of("/usr/bin/soffice");
    private static final long MOST_SECONDS = 120;

    private static final String LIBRARIES = """
            <?xml version="1.0" encoding="UTF-8"?>
            <!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "libraries.dtd">
            <library:libraries xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink">
             <library:library library:name="Standard" xlink:href="$(USER)/basic/Standard/script.xlb/" xlink:type="simple" library:link="false"/>
            </library:libraries>
            """;
    private static final String LIBRARY = """
            <?xml version="1.0" encoding="UTF-8"?>
            <!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
            <library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false" library:passwordprotected="false">
             <library:element library:name="Edits"/>
            </library:library>
            """;
    private static final String MODULE = """
            <?xml version="1.0" encoding="UTF-8"?>
            <!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
            <script:module xmlns:script="http://openoffice.org/2000/script" script:name="Edits" script:language="StarBasic">
            """;

    private Office() {}

    /** Whether there is one on this machine. */
    public static boolean isThere() {
        return Files.isExecutable(PROGRAM);
    }

    /**
     * Opens a workbook, types the values into its cells and saves it as {@code .xlsx} in its place.
     *
     * @param scratch a directory for LibreOffice's own files; the second time in the same one is faster
     */
    public static void edit(Path workbook, List<CellEdit> edits, Path scratch) throws Exception {
        Path saved = scratch.resolve("saved.xlsx");
        Path basic = scratch.resolve("profile/user/basic/Standard");
        if (!Files.exists(basic)) {
            // The first start puts the macros that it ships into the profile, over any others.
            run(scratch, "--terminate_after_init");
            Files.createDirectories(basic);
        }
        Files.writeString(basic.resolveSibling("script.xlc"), LIBRARIES);
        Files.writeString(basic.resolve("script.xlb"), LIBRARY);
        Files.writeString(
                basic.resolve("Edits.xba"), MODULE + escaped(macro(workbook, edits, saved)) + "</script:module>\n");
        run(scratch, "macro:///Standard.Edits.Main");
        Files.copy(saved, workbook, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String macro(Path workbook, List<CellEdit> edits, Path saved) {
        StringBuilder lines = new StringBuilder("""
                Sub Main
                  Dim hidden(0) As New com.sun.star.beans.PropertyValue
                  hidden(0).Name = "Hidden"
                  hidden(0).Value = True
                  Dim xlsx(0) As New com.sun.star.beans.PropertyValue
                  xlsx(0).Name = "FilterName"
                  xlsx(0).Value = "Calc MS Excel 2007 XML"
                """);
        lines.append("  doc = StarDesktop.loadComponentFromURL(")
                .append(quoted(workbook.toUri().toString()))
                .append(", \"_blank\", 0, hidden())\n");
        for (CellEdit edit : edits) {
            boolean number = edit.value() instanceof Number;
            lines.append("  doc.Sheets.getByName(")
                    .append(quoted(edit.sheet()))
                    .append(").getCellRangeByName(")
                    .append(quoted(edit.cell()))
                    .append(number ? ").Value = " : ").String = ")
                    .append(
                            number
                                    ? edit.value().toString()
                                    : quoted(edit.value().toString()))
                    .append('\n');
        }
        lines.append("  doc.storeToURL(")
                .append(quoted(saved.toUri().toString()))
                .append(", xlsx())\n");
        return lines.append("  doc.close(True)\n  StarDesktop.terminate\nEnd Sub\n")
                .toString();
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }

    private static void run(Path scratch, String argument) throws IOException, InterruptedException {
        Path log = scratch.resolve("office.log");
        Process office = new ProcessBuilder(
                        PROGRAM.toString(),
                        "-env:UserInstallation=" + scratch.resolve("profile").toUri(),
                        "--headless",
                        "--norestore",
                        "--nologo",
                        argument)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!office.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
            office.destroyForcibly();
            throw new IOException("LibreOffice did not end: " + Files.readString(log));
        }
    }
}
