package io.leeway.cli;

import io.leeway.policy.Finding;
import io.leeway.policy.PolicyFile;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Findings as JUnit XML, which most CI systems show: a suite for each file, in it a failed test for each error and a passed one
 * with its text for each warning; a file without any is one passed test.
 */
final class JUnitReport {
    private final XMLStreamWriter xml;

    private JUnitReport(XMLStreamWriter xml) {
        this.xml = xml;
    }

    /** The report in UTF-8. */
    static byte[] of(List<PolicyFile> files, List<Finding> findings) {
        Map<String, List<Finding>> byFile = new LinkedHashMap<>();
        files.forEach(file -> byFile.putIfAbsent(file.name(), List.of()));
        findings.forEach(finding -> byFile.computeIfAbsent(finding.file(), it -> List.of()));
        byFile.replaceAll((name, none) ->
                findings.stream().filter(it -> it.file().equals(name)).toList());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            XMLStreamWriter xml =
                    XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name());
            new JUnitReport(xml).suites(byFile);
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a report in memory can always be written", e);
        }
        return bytes.toByteArray();
    }

    private void suites(Map<String, List<Finding>> byFile) throws XMLStreamException {
        xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
        xml.writeStartElement("testsuites");
        for (Map.Entry<String, List<Finding>> file : byFile.entrySet()) {
            suite(file.getKey().isEmpty() ? "policy" : file.getKey(), file.getValue());
        }
        xml.writeEndElement();
        xml.writeEndDocument();
    }

    private void suite(String file, List<Finding> findings) throws XMLStreamException {
        long failures = findings.stream().filter(Finding::isError).count();
        xml.writeStartElement("testsuite");
        attribute("name", file);
        attribute("tests", Integer.toString(Math.max(1, findings.size())));
        attribute("failures", Long.toString(failures));
        if (findings.isEmpty()) {
            start(file, "no findings");
            xml.writeEndElement();
        }
        for (Finding finding : findings) {
            start(file, place(finding) + finding.code());
            if (finding.isError()) {
                xml.writeStartElement("failure");
                attribute("type", finding.code());
                attribute("message", finding.message());
            } else {
                xml.writeStartElement("system-out");
            }
            xml.writeCharacters(Printable.of(finding.toString()) + "\n" + finding.docs());
            xml.writeEndElement();
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private void start(String file, String name) throws XMLStreamException {
        xml.writeStartElement("testcase");
        attribute("classname", file);
        attribute("name", name);
    }

    private static String place(Finding finding) {
        String sheet = finding.sheet() == null ? "" : finding.sheet();
        String cell = finding.cell() == null ? "" : (sheet.isEmpty() ? "" : "!") + finding.cell();
        return sheet.isEmpty() && cell.isEmpty() ? "" : sheet + cell + " ";
    }

    private void attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, Printable.of(value));
    }
}
