package io.leeway.policy.table;

import io.leeway.policy.check.FindingCode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;
import org.apache.poi.ss.usermodel.BuiltinFormats;
import org.apache.poi.ss.usermodel.DateUtil;

/**
 * Reads an {@code .xlsx} workbook (ECMA-376 SpreadsheetML) as a stream of cells. POI's own workbook would hold every part
 * as a tree of objects, some twenty times its size, and offers its limits only for the whole process; so only its knowledge
 * of date formats is used here.
 */
final class Workbook {
    private static final Pattern ESCAPE = Pattern.compile("_x([0-9A-Fa-f]{4})_");
    private static final String WORKSHEET = "/worksheet";

    private final WorkbookArchive archive;
    private final List<String> strings = new ArrayList<>();
    private final BitSet dateStyles = new BitSet();
    private final SheetBudget budget = new SheetBudget();
    private boolean from1904;

    private Workbook(WorkbookArchive archive) {
        this.archive = archive;
    }

    /** The sheets in the order of their tabs. */
    static List<Sheet> read(byte[] bytes) throws UnreadableFileException {
        try {
            return new Workbook(WorkbookArchive.open(bytes)).sheets();
        } catch (XMLStreamException | RuntimeException e) {
            // The JDK's XML reader and POI answer some damaged bytes with unchecked exceptions of any kind.
            throw UnreadableFileException.malformed("the workbook is damaged: a part of it is not well-formed");
        }
    }

    /** A relationship between parts. */
    private record Relation(String type, String target) {}

    private record Tab(String name, boolean hidden, String relation) {}

    private List<Sheet> sheets() throws UnreadableFileException, XMLStreamException {
        Relation main = relations("").values().stream()
                .filter(it -> it.type().endsWith("/officeDocument"))
                .findFirst()
                .orElseThrow(() -> UnreadableFileException.malformed("the archive holds no workbook"));
        Map<String, Relation> relations = relations(main.target());
        for (Relation relation : relations.values()) {
            if (relation.type().endsWith("/sharedStrings")) {
                readStrings(part(relation.target()));
            } else if (relation.type().endsWith("/styles")) {
                readStyles(part(relation.target()));
            }
        }
        List<Sheet> sheets = new ArrayList<>();
        for (Tab tab : tabs(part(main.target()))) {
            Relation relation = relations.get(tab.relation());
            if (relation == null) {
                throw UnreadableFileException.malformed("the workbook lists a sheet that is not there");
            }
            if (relation.type().endsWith(WORKSHEET)) {
                relations(relation.target());
                SheetPart sheet = new SheetPart(part(relation.target()), strings, dateStyles, from1904, budget);
                sheets.add(sheet.read(tab.name(), tab.hidden()));
            }
        }
        return sheets;
    }

    private XmlPart part(String name) throws UnreadableFileException, XMLStreamException {
        byte[] bytes = archive.part(name);
        if (bytes == null) {
            throw UnreadableFileException.malformed("the workbook lacks a part that it refers to");
        }
        return new XmlPart(bytes);
    }

    /** The relationships of a part by id, those of the package for {@code ""}. */
    private Map<String, Relation> relations(String part) throws UnreadableFileException, XMLStreamException {
        int slash = part.lastIndexOf('/');
        String directory = part.substring(0, slash + 1);
        byte[] bytes = archive.part(directory + "_rels/" + part.substring(slash + 1) + ".rels");
        Map<String, Relation> relations = new HashMap<>();
        if (bytes == null) {
            return relations;
        }
        XmlPart xml = new XmlPart(bytes);
        while (xml.next()) {
            if (xml.starts("Relationship")) {
                String type = xml.attribute("Type");
                String target = xml.attribute("Target");
                if (xml.attribute("TargetMode").equals("External") && !type.endsWith("/hyperlink")) {
                    throw new UnreadableFileException(
                            FindingCode.EXTERNAL_LINK, null, "the workbook draws on another file, `" + target + "`");
                }
                relations.put(xml.attribute("Id"), new Relation(type, resolve(directory, target)));
            }
        }
        return relations;
    }

    private static String resolve(String directory, String target) {
        if (target.startsWith("/")) {
            return target.substring(1);
        }
        String base = directory;
        String rest = target;
        while (rest.startsWith("../") && !base.isEmpty()) {
            rest = rest.substring(3);
            base = base.substring(0, base.lastIndexOf('/', base.length() - 2) + 1);
        }
        return base + rest;
    }

    private List<Tab> tabs(XmlPart xml) throws XMLStreamException, UnreadableFileException {
        List<Tab> tabs = new ArrayList<>();
        while (xml.next()) {
            if (xml.starts("workbookPr")) {
                from1904 = xml.isSet("date1904");
            } else if (xml.starts("sheet")) {
                String state = xml.attribute("state");
                tabs.add(new Tab(xml.attribute("name"), !state.isEmpty() && !state.equals("visible"), xml.relation()));
            }
        }
        if (tabs.size() > Limits.SHEETS) {
            throw UnreadableFileException.tooLarge("more than `" + Limits.SHEETS + "` sheets");
        }
        return tabs;
    }

    private void readStrings(XmlPart xml) throws XMLStreamException, UnreadableFileException {
        while (xml.next()) {
            if (xml.starts("si")) {
                strings.add(richText(xml, "si"));
                if (strings.size() > Limits.CELLS) {
                    throw UnreadableFileException.tooLarge("more than `" + Limits.CELLS + "` texts");
                }
            }
        }
    }

    /** The text of a rich string, without the phonetic hints of East Asian texts. */
    static String richText(XmlPart xml, String element) throws XMLStreamException {
        StringBuilder text = new StringBuilder();
        boolean phonetic = false;
        while (xml.next() && !xml.ends(element)) {
            if (xml.name().equals("rPh")) {
                phonetic = xml.isStart();
            } else if (xml.starts("t") && !phonetic) {
                text.append(xml.text());
            }
        }
        return unescaped(text.toString());
    }

    /** Undoes {@code _x000A_}, as ST_Xstring writes characters that XML does not hold. */
    static String unescaped(String text) {
        if (!text.contains("_x")) {
            return text;
        }
        Matcher matcher = ESCAPE.matcher(text);
        return matcher.replaceAll(
                it -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(it.group(1), 16))));
    }

    private void readStyles(XmlPart xml) throws XMLStreamException {
        Map<Integer, String> formats = new HashMap<>();
        boolean cellFormats = false;
        int style = 0;
        while (xml.next()) {
            if (xml.starts("numFmt")) {
                formats.put(xml.number("numFmtId", 0), xml.attribute("formatCode"));
            } else if (xml.name().equals("cellXfs")) {
                cellFormats = xml.isStart();
            } else if (cellFormats && xml.starts("xf")) {
                int id = xml.number("numFmtId", 0);
                String format = formats.containsKey(id) ? formats.get(id) : BuiltinFormats.getBuiltinFormat(id);
                if (format != null && format.length() <= 255) {
                    dateStyles.set(style, DateUtil.isADateFormat(id, format));
                }
                style++;
            }
        }
    }
}
