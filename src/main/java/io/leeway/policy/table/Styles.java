package io.leeway.policy.table;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import org.apache.poi.ss.usermodel.BuiltinFormats;
import org.apache.poi.ss.usermodel.DateUtil;

/** What the looks of cells say: which styles show a number as a date, and which strike their text through. */
final class Styles {
    private final BitSet dates = new BitSet();
    private final BitSet struck = new BitSet();

    /** Reads the part of the styles. */
    static Styles read(XmlPart xml) throws XMLStreamException {
        Styles styles = new Styles();
        styles.readAll(xml);
        return styles;
    }

    boolean isDate(int style) {
        return dates.get(style);
    }

    boolean isStruck(int style) {
        return struck.get(style);
    }

    private void readAll(XmlPart xml) throws XMLStreamException {
        Map<Integer, String> formats = new HashMap<>();
        BitSet struckFonts = new BitSet();
        // Formats and fonts also stand among the conditional ones, which no cell refers to by number.
        String list = "";
        int font = -1;
        int style = 0;
        while (xml.next()) {
            if (xml.name().equals("fonts") || xml.name().equals("cellXfs")) {
                list = xml.isStart() ? xml.name() : "";
            } else if (xml.starts("numFmt")) {
                formats.put(xml.number("numFmtId", 0), xml.attribute("formatCode"));
            } else if (list.equals("fonts") && xml.starts("font")) {
                font++;
            } else if (list.equals("fonts") && xml.starts("strike")) {
                struckFonts.set(font, xml.attribute("val").isEmpty() || xml.isSet("val"));
            } else if (list.equals("cellXfs") && xml.starts("xf")) {
                int id = xml.number("numFmtId", 0);
                dates.set(style, isDate(id, formats.getOrDefault(id, BuiltinFormats.getBuiltinFormat(id))));
                struck.set(style, struckFonts.get(xml.number("fontId", 0)));
                style++;
            }
        }
    }

    private static boolean isDate(int id, String format) {
        return format != null && format.length() <= 255 && DateUtil.isADateFormat(id, format);
    }
}
