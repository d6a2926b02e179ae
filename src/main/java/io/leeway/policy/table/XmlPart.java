package io.leeway.policy.table;

import java.io.ByteArrayInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Walks through one XML part of a workbook, element by element. No document type, so no entity and nothing external. */
final class XmlPart {
    private static final XMLInputFactory FACTORY = factory();

    private final XMLStreamReader reader;

    XmlPart(byte[] bytes) throws XMLStreamException {
        reader = FACTORY.createXMLStreamReader(new ByteArrayInputStream(bytes));
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        // Text comes in pieces, so that it can be given up before all of it is in memory.
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        return factory;
    }

    /** Moves to the next start or end of an element; false at the end. */
    boolean next() throws XMLStreamException {
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamConstants.DTD) {
                throw new XMLStreamException("a document type");
            }
            if (event == XMLStreamConstants.START_ELEMENT || event == XMLStreamConstants.END_ELEMENT) {
                return true;
            }
        }
        return false;
    }

    boolean isStart() {
        return reader.isStartElement();
    }

    /** The local name of the element. */
    String name() {
        return reader.getLocalName();
    }

    boolean starts(String name) {
        return isStart() && name().equals(name);
    }

    boolean ends(String name) {
        return !isStart() && name().equals(name);
    }

    /** The attribute of that local name, {@code ""} when it is absent. */
    String attribute(String name) {
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            if (reader.getAttributeLocalName(i).equals(name)) {
                return reader.getAttributeValue(i);
            }
        }
        return "";
    }

    /** The attribute {@code id} of the relationships' namespace. */
    String relation() {
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            String namespace = reader.getAttributeNamespace(i);
            if (reader.getAttributeLocalName(i).equals("id")
                    && namespace != null
                    && namespace.endsWith("relationships")) {
                return reader.getAttributeValue(i);
            }
        }
        return "";
    }

    boolean isSet(String attribute) {
        String value = attribute(attribute);
        return value.equals("1") || value.equals("true") || value.equals("on");
    }

    int number(String attribute, int otherwise) throws XMLStreamException {
        String value = attribute(attribute);
        if (value.isEmpty()) {
            return otherwise;
        }
        int number = Digits.parse(value, 0);
        if (number < 0) {
            throw new XMLStreamException("not a number");
        }
        return number;
    }

    /** The text of an element without children, which is no longer than a cell may hold; moves to its end. */
    String text() throws XMLStreamException, UnreadableFileException {
        StringBuilder text = new StringBuilder();
        for (int event = reader.next(); event != XMLStreamConstants.END_ELEMENT; event = reader.next()) {
            switch (event) {
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                    if (text.length() + reader.getTextLength() > Limits.TEXT) {
                        throw UnreadableFileException.tooLarge(
                                "a cell holds more than `" + Limits.TEXT + "` characters");
                    }
                    text.append(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
                }
                case XMLStreamConstants.COMMENT, XMLStreamConstants.PROCESSING_INSTRUCTION -> {}
                // An entity that nobody declares would leave a hole in the text.
                default -> throw new XMLStreamException("something else than text");
            }
        }
        return text.toString();
    }
}
