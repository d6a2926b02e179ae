package io.leeway.policy.table;

import java.util.SortedSet;
import java.util.TreeSet;
import javax.xml.stream.XMLStreamException;

/** Reads which cells of a sheet have notes. What they say is read by people alone. */
final class Notes {
    /**
     * How the notes of an annotated copy begin; once the copy is mended they are of no interest. Their author would be the
     * better sign, but LibreOffice 7.4 does not keep it.
     */
    static final String OURS = "leeway check: ";

    private Notes() {}

    /** Reads the part of a sheet's notes, or that of its threaded comments, which has the cells in the same attribute. */
    static SortedSet<Address> read(XmlPart xml) throws XMLStreamException, UnreadableFileException {
        SortedSet<Address> cells = new TreeSet<>();
        Address cell = null;
        while (xml.next()) {
            if (xml.starts("comment") || xml.starts("threadedComment")) {
                cell = Address.parse(xml.attribute("ref"));
            } else if (xml.starts("text") && cell != null && !isOurs(xml)) {
                cells.add(cell);
            }
        }
        return cells;
    }

    private static boolean isOurs(XmlPart xml) throws XMLStreamException, UnreadableFileException {
        return RichText.read(xml, "text").text().startsWith(OURS);
    }
}
