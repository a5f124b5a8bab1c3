package dev.muster.ingest.event;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.muster.service.ProblemError;
import dev.muster.service.ProblemException;
import dev.muster.service.ProblemType;
import dev.muster.service.StrictJson;
import dev.muster.service.UnreadableJsonException;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.message.MessageWriter;
import io.cloudevents.http.HttpMessageFactory;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {

    private static final String JSON = "application/json";

    private final EventReader reader = new EventReader(StrictJson.withDefaults());
    private final Map<String, List<String>> headers = new HashMap<>(Map.of(
            "ce-specversion", List.of("1.0"),
            "ce-id", List.of("1"),
            "ce-source", List.of("/ci"),
            "ce-type", List.of("com.acme.built")));

    private Event binary(String contentType, String body) throws UnreadableJsonException {
        return reader.read(contentType, headers, body.getBytes(UTF_8));
    }

    private Event structured(String body) throws UnreadableJsonException {
        return reader.read("application/cloudevents+json; charset=utf-8", Map.of(), body.getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readsWhatTheSdkOfCloudEventsSends(boolean inBinaryMode) throws UnreadableJsonException {
        var event = CloudEventBuilder.v1()
                .withId("271069a8")
                .withSource(URI.create("/deploy/prod"))
                .withType("dev.cdevents.service.deployed.0.2.0")
                .withTime(OffsetDateTime.parse("2026-06-01T10:00:00Z"))
                .withSubject("payments")
                .withExtension("partition", "7")
                .withData(JSON, "{\"subject\":{\"id\":\"payments\"}}".getBytes(UTF_8))
                .build();
        var sent = new HashMap<String, List<String>>();
        var bodies = new ArrayList<byte[]>();
        MessageWriter<?, ?> writer = HttpMessageFactory.createWriter(
                (name, value) -> sent.put(name.toLowerCase(Locale.ROOT), List.of(value)), bodies::add);
        if (inBinaryMode) {
            writer.writeBinary(event);
        } else {
            writer.writeStructured(event, "application/cloudevents+json");
        }

        var read = reader.read(sent.get("content-type").getFirst(), sent, bodies.getFirst());

        assertThat(List.of(read.id(), read.source(), read.type()))
                .containsExactly("271069a8", "/deploy/prod", "dev.cdevents.service.deployed.0.2.0");
        assertThat(read.body()).isEqualTo(bodies.getFirst());
        assertThat(read.headers().keySet()).hasSize(inBinaryMode ? 7 : 0).allMatch(name -> name.startsWith("ce-"));
        assertThat(read.deliveryId()).isEqualTo("ce-bc0d02c084ddd26cbf9258c4744ede03");
        assertThat(read.reader()).isEqualTo("cdevents");
    }

    @Test
    void decodesAttributesInHeaders() throws UnreadableJsonException {
        headers.put("ce-subject", List.of("Z%C3%BCrich%20%E2%82%AC 100%25"));
        headers.put("ce-note", List.of("\"with \\\"quotes\\\"\""));
        headers.put("ce-raw", List.of(new String("Zürich".getBytes(UTF_8), ISO_8859_1)));

        assertThat(binary(JSON, "{}").headers())
                .containsEntry("ce-subject", "Zürich € 100%")
                .containsEntry("ce-note", "with \"quotes\"")
                .containsEntry("ce-raw", "Zürich");
    }

    @Test
    void takesAnEventWithoutData() throws UnreadableJsonException {
        assertThat(binary(JSON, "").body()).isEqualTo("{}".getBytes(UTF_8));
        assertThat(structured("{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/ci\",\"type\":\"t\"}")
                        .type())
                .isEqualTo("t");
    }

    @ParameterizedTest
    @CsvSource({
        "dev.cdevents.build.finished.0.2.0, /ci, cdevents",
        "Backup Job State Change, aws.backup, aws-eventbridge",
        "com.acme.order, /shop, cloudevents"
    })
    void namesTheSourceThatReadsIt(String type, String source, String name) {
        assertThat(new Event("1", source, type, Map.of(), new byte[0]).reader()).isEqualTo(name);
    }

    @Test
    void namesEveryMistakeInHeaders() {
        headers.put("ce-specversion", List.of("0.3"));
        headers.put("ce-id", List.of(""));
        headers.remove("ce-type");
        headers.put("ce-source", List.of("not a reference"));
        headers.put("ce-time", List.of("yesterday"));
        headers.put("ce-subject", List.of("%zz"));
        headers.put("ce-my_name", List.of("x"));
        headers.put("ce-twice", List.of("a", "b"));
        headers.put("ce-long", List.of("x".repeat(1_001)));

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> binary(JSON, "7"))
                .satisfies(refused -> assertThat(refused.problem().errors())
                        .extracting(ProblemError::path)
                        .containsExactlyInAnyOrder(
                                "specversion",
                                "id",
                                "type",
                                "source",
                                "time",
                                "subject",
                                "my_name",
                                "twice",
                                "long",
                                "data"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            []                                                                              | |an event is an object
            {"id":"1","source":"/ci","type":"t"}                                            | specversion | 'specversion' is missing
            {"specversion":"1.0","id":null,"source":"/ci","type":"t"}                       | id | is empty, or no text
            {"specversion":"1.0","id":"1","source":"/ci","type":{}}                         | type | is empty, or no text
            {"specversion":"1.0","id":"1","source":"/ci","type":"t","data":"text"}          | data | is neither an object nor a list
            {"specversion":"1.0","id":"1","source":"/ci","type":"t","data_base64":"AA=="}   | data_base64 | is not read; send JSON as 'data'
            {"specversion":"1.0","id":"1","source":"/ci","type":"t","dataSchema":"/x"}      | dataSchema | a name has lower-case letters and digits, 40 at most
            """)
    void namesAMistakeInTheBody(String body, String path, String message) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> structured(body))
                .satisfies(refused -> assertThat(refused.problem().errors())
                        .contains(ProblemError.at(path == null ? "" : path, message)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            application/cloudevents-batch+json | true  | send each event by itself
            application/cloudevents+avro       | true  | application/cloudevents+json
            application/json                   | false | ce-specversion
            text/plain                         | true  | application/json
            """)
    void refusesWhatIsInAnotherFormatAndSaysWhatIsRead(String contentType, boolean withHeaders, String allowed) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> reader.read(contentType, withHeaders ? headers : Map.of(), "[]".getBytes(UTF_8)))
                .satisfies(refused -> {
                    assertThat(refused.problem().type()).isEqualTo(ProblemType.UNSUPPORTED_MEDIA_TYPE);
                    assertThat(refused.problem().detail()).contains(allowed);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"not json", "{\"a\":1,\"a\":2}", "{} {}"})
    void saysWhereItIsNoJson(String body) {
        assertThatExceptionOfType(UnreadableJsonException.class).isThrownBy(() -> binary(JSON, body));
        assertThatExceptionOfType(UnreadableJsonException.class).isThrownBy(() -> structured(body));
    }
}
