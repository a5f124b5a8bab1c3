package dev.muster.schemas;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.kafka.common.errors.SerializationException;

/// Reads records in the wire format: with the schema they were written with, into the one that the reader knows.
///
/// Whatever the bytes are, the answer is a record or a [SerializationException], and no more memory is asked for than
/// the bytes can fill. Trouble with the registry is a [SchemaRegistryException].
final class RecordReader {

    static {
        // Avro makes objects of no class that it was not told to trust; it is told of ours, and of nothing else.
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                ClassSecurityValidator.getGlobal(),
                type -> type.getPackageName().equals("dev.muster.schemas.v1")));
    }

    private final SchemaRegistry registry;
    private final Target target;
    private final Map<Integer, DatumReader<IndexedRecord>> readers = new ConcurrentHashMap<>();

    private RecordReader(SchemaRegistry registry, Target target) {
        this.registry = registry;
        this.target = target;
    }

    /// Makes the reader for what a writer wrote.
    private interface Target {
        DatumReader<IndexedRecord> from(Schema writer);
    }

    /// Reads one generated class, whatever version of it was written.
    static RecordReader of(SchemaRegistry registry, Class<?> type) {
        var data = SpecificData.getForClass(type);
        var reader = data.getSchema(type);
        return new RecordReader(registry, writer -> new SpecificDatumReader<>(writer, reader, data));
    }

    /// Reads the generated class that the record names.
    static RecordReader ofGeneratedClasses(SchemaRegistry registry) {
        return new RecordReader(registry, writer -> {
            var type = SpecificData.get().getClass(writer);
            if (type == null) {
                throw new SerializationException("There is no generated class " + writer.getFullName()
                        + " here; set specific.avro.reader=false to read it without one");
            }
            var data = SpecificData.getForSchema(writer);
            return new SpecificDatumReader<>(writer, data.getSchema(type), data);
        });
    }

    /// Reads generic records, as they were written.
    static RecordReader ofAnything(SchemaRegistry registry) {
        return new RecordReader(registry, GenericDatumReader::new);
    }

    IndexedRecord read(String topic, byte[] bytes) {
        var id = WireFormat.id(bytes);
        var reader = reader(id);
        try {
            var decoder =
                    DecoderFactory.get().binaryDecoder(bytes, WireFormat.HEAD, bytes.length - WireFormat.HEAD, null);
            var record = reader.read(null, decoder);
            if (decoder.isEnd()) {
                return record;
            }
        } catch (IOException | RuntimeException e) {
            // Avro has no one exception for bytes that are not what they say they are.
            throw new SerializationException(
                    "A record of " + topic + " cannot be read with schema " + id + ", which it names: " + e, e);
        }
        throw new SerializationException("A record of " + topic
                + " goes on behind its end: it was not written with schema " + id + ", which it names");
    }

    private DatumReader<IndexedRecord> reader(int id) {
        var known = readers.get(id);
        if (known != null) {
            return known;
        }
        var made = target.from(registry.byId(id));
        readers.put(id, made);
        return made;
    }
}
