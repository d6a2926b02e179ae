package io.leeway.cli;

import io.leeway.policy.proof.TestResult;
import io.leeway.policy.proof.TestResult.Failure;
import io.leeway.policy.proof.TestRun;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Test results in the XML that build servers read: one suite, the file and sheet as class, one failure for all cells. */
final class JUnitXml {
    private JUnitXml() {}

    static void write(TestRun run, OutputStream out) throws XMLStreamException {
        XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out, StandardCharsets.UTF_8.name());
        long failed = run.results().stream().filter(result -> !result.passed()).count();
        xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", "leeway");
        xml.writeAttribute("tests", Integer.toString(run.results().size()));
        xml.writeAttribute("failures", Long.toString(failed));
        xml.writeAttribute("errors", "0");
        xml.writeAttribute("skipped", "0");
        for (TestResult result : run.results()) {
            test(xml, result);
        }
        xml.writeEndElement();
        xml.writeEndDocument();
        xml.close();
    }

    private static void test(XMLStreamWriter xml, TestResult result) throws XMLStreamException {
        String sheet = result.test().sheet();
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", result.test().file() + (sheet == null ? "" : " " + sheet));
        xml.writeAttribute("name", result.test().id());
        if (!result.passed()) {
            Failure first = result.failures().get(0);
            xml.writeStartElement("failure");
            xml.writeAttribute("message", first.cell() + ": expected " + first.expected() + ", got " + first.got());
            xml.writeCharacters(String.join("\n", TestReport.failures(result)));
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }
}
