package io.leeway.policy.table;

import io.leeway.policy.check.FindingCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import javax.xml.stream.XMLStreamException;

/**
 * Reads an {@code .xlsx} workbook (ECMA-376 SpreadsheetML) as a stream of cells. POI's own workbook would hold every part
 * as a tree of objects, some twenty times its size, and offers its limits only for the whole process; so only its knowledge
 * of date formats is used here.
 */
final class Workbook {
    private static final String WORKSHEET = "/worksheet";

    private final WorkbookArchive archive;
    private final List<RichText> strings = new ArrayList<>();
    private Styles styles = new Styles();
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
                styles = Styles.read(part(relation.target()));
            }
        }
        List<Sheet> sheets = new ArrayList<>();
        for (Tab tab : tabs(part(main.target()))) {
            Relation relation = relations.get(tab.relation());
            if (relation == null) {
                throw UnreadableFileException.malformed("the workbook lists a sheet that is not there");
            }
            if (relation.type().endsWith("acrosheet")) {
                throw new UnreadableFileException(
                        FindingCode.MACROS, null, "the workbook holds macros, sheet `" + tab.name() + "`");
            }
            if (relation.type().endsWith(WORKSHEET)) {
                SheetPart sheet = new SheetPart(part(relation.target()), strings, styles, from1904, budget);
                sheets.add(sheet.read(tab.name(), tab.hidden(), notes(relations(relation.target()))));
            }
        }
        return sheets;
    }

    private SortedSet<Address> notes(Map<String, Relation> relations)
            throws UnreadableFileException, XMLStreamException {
        SortedSet<Address> notes = new TreeSet<>();
        for (Relation relation : relations.values()) {
            if (relation.type().endsWith("/comments") || relation.type().endsWith("/threadedComment")) {
                notes.addAll(Notes.read(part(relation.target())));
            }
        }
        return notes;
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
                strings.add(RichText.read(xml, "si"));
                if (strings.size() > Limits.CELLS) {
                    throw UnreadableFileException.tooLarge("more than `" + Limits.CELLS + "` texts");
                }
            }
        }
    }
}
