package dev.muster.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.Test;

/// What `muster.avdl` promises about itself.
class SchemaRulesTest {

    private static final Map<String, Schema> NAMED = named();

    @Test
    void everyRecordAndEnumSaysWhatItIs() {
        assertThat(NAMED.values())
                .hasSizeGreaterThan(15)
                .allSatisfy(schema ->
                        assertThat(schema.getDoc()).as(schema.getFullName()).isNotBlank());
    }

    @Test
    void everyFieldSaysWhatItIs() {
        assertThat(fields())
                .hasSizeGreaterThan(100)
                .allSatisfy((name, field) ->
                        assertThat(field.doc()).as(name).isNotBlank().endsWith("."));
    }

    @Test
    void everyEnumHasASymbolForWhatItsReaderDoesNotKnow() {
        assertThat(NAMED.values())
                .filteredOn(schema -> schema.getType() == Schema.Type.ENUM)
                .isNotEmpty()
                .allSatisfy(schema -> assertThat(schema.getEnumDefault())
                        .as(schema.getFullName())
                        .isEqualTo("UNKNOWN"));
    }

    @Test
    void everyEnumSaysWhatItsSymbolsMean() {
        assertThat(NAMED.values())
                .filteredOn(schema -> schema.getType() == Schema.Type.ENUM)
                .allSatisfy(schema -> assertThat(schema.getEnumSymbols())
                        .allSatisfy(symbol -> assertThat(schema.getDoc()).contains("- " + symbol + ": ")));
    }

    @Test
    void whatMayBeMissingIsNullByDefault() {
        assertThat(fields()).allSatisfy((name, field) -> {
            if (field.schema().isNullable()) {
                assertThat(field.hasDefaultValue()).as(name).isTrue();
            }
        });
    }

    @Test
    void everyInstantIsInMilliseconds() {
        assertThat(fields()).allSatisfy((name, field) -> {
            if (name.endsWith("At") || name.endsWith("Time") || name.endsWith(".at")) {
                assertThat(withoutNull(field.schema()).getLogicalType().getName())
                        .as(name)
                        .isEqualTo("timestamp-millis");
            }
        });
    }

    private static Schema withoutNull(Schema schema) {
        return schema.isUnion()
                ? schema.getTypes().stream()
                        .filter(type -> type.getType() != Schema.Type.NULL)
                        .findFirst()
                        .orElseThrow()
                : schema;
    }

    private static Map<String, Schema.Field> fields() {
        var fields = new LinkedHashMap<String, Schema.Field>();
        NAMED.values().stream()
                .filter(schema -> schema.getType() == Schema.Type.RECORD)
                .forEach(schema ->
                        schema.getFields().forEach(field -> fields.put(schema.getName() + "." + field.name(), field)));
        return fields;
    }

    private static Map<String, Schema> named() {
        var found = new LinkedHashMap<String, Schema>();
        var topics = new Topics(AvroSerdes.from(Map.of("schema.registry.url", "mock://rules")));
        var next = new ArrayList<Schema>();
        topics.all().forEach(topic -> next.add(SpecificData.get().getSchema(topic.type())));
        while (!next.isEmpty()) {
            var schema = next.removeLast();
            switch (schema.getType()) {
                case RECORD -> {
                    if (found.put(schema.getFullName(), schema) == null) {
                        schema.getFields().forEach(field -> next.add(field.schema()));
                    }
                }
                case ENUM -> found.put(schema.getFullName(), schema);
                case ARRAY -> next.add(schema.getElementType());
                case MAP -> next.add(schema.getValueType());
                case UNION -> next.addAll(schema.getTypes());
                default ->
                    assertThat(List.of("STRING", "BYTES", "INT", "LONG", "BOOLEAN", "NULL"))
                            .contains(schema.getType().name());
            }
        }
        return found;
    }
}
