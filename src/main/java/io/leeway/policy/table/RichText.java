package io.leeway.policy.table;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;

/**
 * A text of a workbook.
 *
 * @param struck whether any of it is struck through
 */
record RichText(String text, boolean struck) {
    private static final Pattern ESCAPE = Pattern.compile("_x([0-9A-Fa-f]{4})_");

    /** Reads to the end of that element, without the phonetic hints of East Asian texts. */
    static RichText read(XmlPart xml, String element) throws XMLStreamException, UnreadableFileException {
        StringBuilder text = new StringBuilder();
        boolean phonetic = false;
        boolean struck = false;
        while (xml.next() && !xml.ends(element)) {
            if (xml.name().equals("rPh")) {
                phonetic = xml.isStart();
            } else if (xml.starts("strike")) {
                struck |= xml.attribute("val").isEmpty() || xml.isSet("val");
            } else if (xml.starts("t") && !phonetic) {
                text.append(xml.text());
                if (text.length() > Limits.TEXT) {
                    throw UnreadableFileException.tooLarge("a cell holds more than `" + Limits.TEXT + "` characters");
                }
            }
        }
        return new RichText(unescaped(text.toString()), struck);
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
}
