package dev.muster.ingest.payload;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.service.StrictJson;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadsTest {

    private static final String XML = "application/xml";
    private static final String YAML = "application/yaml";

    private final Payloads payloads = new Payloads(StrictJson.withDefaults());

    private Object read(String type, String body) throws UnreadablePayloadException {
        return read(type, body, UTF_8);
    }

    private Object read(String type, String body, Charset charset) throws UnreadablePayloadException {
        return payloads.read(type, null, true, body.getBytes(charset));
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, JSON",
        "application/vnd.cyclonedx+json; version=1.6, JSON",
        "application/sarif+json, JSON",
        "'', JSON",
        "application/octet-stream, JSON",
        "Application/XML; charset=utf-8, XML",
        "text/xml, XML",
        "application/vnd.cyclonedx+xml, XML",
        "application/yaml, YAML",
        "text/x-yaml, YAML",
        "application/x-www-form-urlencoded; charset=utf-8, FORM"
    })
    void knowsTheFormatByTheMediaType(String type, Format format) {
        assertThat(Format.of(type)).isEqualTo(format);
    }

    @Test
    void readsElementsAttributesAndText() throws UnreadablePayloadException {
        assertThat(read(XML, """
                        <?xml version="1.0" encoding="UTF-8"?>
                        <!DOCTYPE report PUBLIC "-//JACOCO//DTD Report 1.1//EN" "report.dtd">
                        <!-- made by hand -->
                        <report name="pay">
                          <package name="a"/><group/><package name="b"> one <![CDATA[& two]]> </package>
                        </report>
                        """))
                .isEqualTo(Map.of(
                        "report",
                        List.of(Map.of(
                                "@name",
                                "pay",
                                "package",
                                List.of(Map.of("@name", "a"), Map.of("@name", "b", "#text", "one & two")),
                                "group",
                                List.of(Map.of())))));
    }

    @Test
    void readsLocalNamesAndTheEncodingThatTheDocumentNames() throws UnreadablePayloadException {
        assertThat(read(XML, "<j:a xmlns:j='urn:x' xmlns='urn:y' j:b='1' b='2'>&lt;&#233;</j:a>"))
                .isEqualTo(Map.of("a", List.of(Map.of("@j:b", "1", "@b", "2", "#text", "<é"))));
        assertThat(read(XML, "<?xml version='1.0' encoding='ISO-8859-1'?><a>é</a>", ISO_8859_1))
                .isEqualTo(Map.of("a", List.of(Map.of("#text", "é"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text",
                "<a>",
                "<a></b>",
                "<a/><b/>",
                "<a>&b;</a>",
                "<a b='&c;'/>",
                "<a b='1' b='2'/>",
                "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
                "<!DOCTYPE a [<!ENTITY b 'c'>]><a/>",
                "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/hostname'>]><a>&b;</a>",
                "<!DOCTYPE a [<!ENTITY % b SYSTEM 'http://localhost:1/x'>%b;]><a/>",
                "<a>\u0001</a>"
            })
    void refusesXmlThatIsBrokenOrWantsSomethingExpanded(String xml) {
        assertThatThrownBy(() -> read(XML, xml)).isInstanceOf(UnreadablePayloadException.class);
    }

    @Test
    void boundsXml() throws UnreadablePayloadException {
        var deep = "<a>".repeat(Xml.MAX_DEPTH) + "</a>".repeat(Xml.MAX_DEPTH);

        assertThat(read(XML, deep)).isNotNull();
        assertThatThrownBy(() -> read(XML, "<a>" + deep + "</a>")).hasMessageContaining("nested deeper than 64");
        assertThatThrownBy(() -> read(XML, "<a>" + "<b/>".repeat(Xml.MAX_NODES) + "</a>"))
                .hasMessageContaining("more than 1000000 elements");
        assertThatThrownBy(() -> read(XML, "<a>" + "x".repeat(Xml.MAX_TEXT + 1) + "</a>"))
                .hasMessageContaining("more than 5000000 characters");
    }

    @Test
    void readsALargeReportWithinTheBounds() throws UnreadablePayloadException {
        var line = "<line nr=\"%d\" mi=\"0\" ci=\"3\" mb=\"0\" cb=\"0\"/>";
        var lines = new StringBuilder();
        for (var i = 0; i < 100_000; i++) {
            lines.append(line.formatted(i));
        }

        var report = (Map<?, ?>) read(XML, "<report>" + lines + "</report>");

        assertThat((List<?>) ((Map<?, ?>) ((List<?>) report.get("report")).getFirst()).get("line"))
                .hasSize(100_000);
    }

    @Test
    void readsYamlAsTheSameValues() throws UnreadablePayloadException {
        assertThat(read(YAML, "a: 1\nb: [true, 1.5, null, '2', 2026-01-01]\nc: ~\n"))
                .isEqualTo(Map.of("a", 1L, "b", List.of(true, 1.5, "2", "2026-01-01")));
        assertThat(read(YAML, "a: 1\n---\na: 2\n")).isEqualTo(List.of(Map.of("a", 1L), Map.of("a", 2L)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: &b 1\nc: *b", "a: !!str 1", "a: 1\na: 2", "a: [", "text"})
    void refusesYamlThatIsNotPlainData(String yaml) {
        assertThatThrownBy(() -> read(YAML, yaml)).isInstanceOf(UnreadablePayloadException.class);
    }

    @Test
    void takesAListOnlyWhereOneIsExpected() throws UnreadablePayloadException {
        assertThat(read("application/json", "[1, null, {\"a\": null}]")).isEqualTo(List.of(1L, Map.of()));
        assertThatThrownBy(() -> payloads.read("application/json", null, false, "[1]".getBytes(UTF_8)))
                .hasMessage("The document is not an object");
        assertThatThrownBy(() -> read("application/json", "7"))
                .hasMessage("The document is neither an object nor a list");
        assertThat(read("application/json", "null"))
                .as("how some tools write none")
                .isEqualTo(List.of());
        assertThatThrownBy(() -> payloads.read("application/json", null, false, "null".getBytes(UTF_8)))
                .hasMessage("The document is not an object");
    }
}
