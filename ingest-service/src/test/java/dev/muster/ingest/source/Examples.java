package dev.muster.ingest.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.engine.definition.DefinitionException;
import dev.muster.engine.definition.YamlNode;
import dev.muster.engine.definition.YamlReader;
import dev.muster.ingest.json.CanonicalJson;
import dev.muster.schemas.v1.Delivery;
import dev.muster.schemas.v1.FactChange;
import dev.muster.schemas.v1.FactChangeKind;
import dev.muster.schemas.v1.FactsObserved;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// The examples of a source: deliveries, and the facts that they must give.
///
/// An example has a `name`, perhaps `headers` and a `contentType`, a `body` (or `text`, a body as it is
/// sent, where it is
/// not JSON), and the `facts`.
final class Examples {

    static final Instant RECEIVED_AT = Instant.parse("2026-06-01T12:00:00Z");

    /// @param body what is sent
    record Example(String name, String contentType, Map<String, String> headers, String body, List<Object> facts) {

        byte[] bytes() {
            return body.getBytes(UTF_8);
        }

        Delivery delivery(String source) {
            return Examples.delivery(
                    source, "example-" + CanonicalJson.digest(name).substring(0, 8), contentType, headers, bytes());
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private Examples() {}

    /// A delivery of JSON.
    static Delivery delivery(String source, String id, Map<String, String> headers, byte[] body) {
        return delivery(source, id, "application/json", headers, body);
    }

    static Delivery delivery(String source, String id, String contentType, Map<String, String> headers, byte[] body) {
        var kept = new TreeMap<String, String>();
        headers.forEach((name, value) -> kept.put(name.toLowerCase(Locale.ROOT), value));
        return Delivery.newBuilder()
                .setId(id)
                .setConnection(source)
                .setSource(source)
                .setReceivedAt(RECEIVED_AT)
                .setContentType(contentType)
                .setHeaders(kept)
                .setBody(ByteBuffer.wrap(body))
                .build();
    }

    static List<Example> of(Path folder) {
        var examples = new ArrayList<Example>();
        try (var files = Files.list(folder.resolve("examples"))) {
            for (var file : files.sorted().toList()) {
                for (var document : YamlReader.read(file.getFileName().toString(), Files.readString(file))) {
                    examples.add(example(file, document));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (DefinitionException e) {
            throw new IllegalStateException(e);
        }
        return examples;
    }

    @SuppressWarnings("unchecked")
    private static Example example(Path file, YamlNode document) {
        var fields = (Map<String, Object>) Objects.requireNonNull(document.plain());
        return new Example(
                file.getFileName() + ": " + fields.get("name"),
                (String) fields.getOrDefault("contentType", "application/json"),
                (Map<String, String>) fields.getOrDefault("headers", Map.of()),
                fields.get("text") instanceof String text ? text : CanonicalJson.of(fields.get("body")),
                (List<Object>) fields.getOrDefault("facts", List.of()));
    }

    /// Facts in the form in which examples write them, one entry a change.
    static List<Object> written(List<FactsObserved> facts) {
        var written = new ArrayList<Object>();
        for (var observed : facts) {
            for (var change : observed.getChanges()) {
                written.add(written(observed, change));
            }
        }
        return written;
    }

    private static Map<String, Object> written(FactsObserved observed, FactChange change) {
        var map = new LinkedHashMap<String, Object>();
        map.put("subject", observed.getSubject());
        map.put("fact", change.getFact());
        map.put("change", change.getKind().name().toLowerCase(Locale.ROOT));
        if (change.getItem() != null) {
            map.put("item", change.getItem());
        }
        if (!change.getScope().isEmpty()) {
            map.put("scope", change.getScope());
        }
        if (!change.getSourceTime().equals(RECEIVED_AT)) {
            map.put("at", change.getSourceTime().toString());
        }
        if (change.getRank() != 0) {
            map.put("rank", (long) change.getRank());
        }
        if (change.getClamped()) {
            map.put("clamped", true);
        }
        if (change.getValue() != null) {
            map.put("value", YamlValue.of(change.getValue()));
        }
        if (change.getKind() == FactChangeKind.SNAPSHOT) {
            var items = new LinkedHashMap<String, Object>();
            change.getItems().forEach((id, value) -> items.put(id, YamlValue.of(value)));
            map.put("items", items);
        }
        return map;
    }
}
