package dev.muster.schemas;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/// Writes Avro records in the wire format, with a schema that the registry has.
///
/// - `auto.register.schemas` (true): the schema is registered when it is first used; when false it has to be there.
/// - `use.latest.version` (false): takes the newest schema of the subject in place of the record's own, and before
///   registering; the record is converted by Avro's rules.
final class RecordWriter {

    private static final ConfigDef DEFINITION = new ConfigDef()
            .define("auto.register.schemas", ConfigDef.Type.BOOLEAN, true, Importance.MEDIUM, "")
            .define("use.latest.version", ConfigDef.Type.BOOLEAN, false, Importance.MEDIUM, "");

    /// Of generated classes, whose schemas are constants: making one looks through the class.
    private static final ClassValue<DatumWriter<IndexedRecord>> WRITERS = new ClassValue<>() {
        @Override
        protected DatumWriter<IndexedRecord> computeValue(Class<?> type) {
            var data = SpecificData.getForClass(type);
            return new SpecificDatumWriter<>(data.getSchema(type), data);
        }
    };

    private final SchemaRegistry registry;
    private final boolean autoRegister;
    private final boolean useLatest;

    RecordWriter(SchemaRegistry registry, Map<String, ?> config) {
        var values = new AbstractConfig(DEFINITION, config, false);
        this.registry = registry;
        this.autoRegister = values.getBoolean("auto.register.schemas");
        this.useLatest = values.getBoolean("use.latest.version");
    }

    /// Makes sure that the registry has the schema, so that the first write does not have to ask.
    void prepare(String subject, Schema schema) {
        if (useLatest) {
            registry.latest(subject);
        } else if (autoRegister) {
            registry.register(subject, schema);
        } else {
            registry.idOf(subject, schema);
        }
    }

    byte[] write(String subject, IndexedRecord record) {
        return write(subject, record, writer(record.getSchema(), record));
    }

    /// @param writer of the record's own schema
    <T extends IndexedRecord> byte[] write(String subject, T record, DatumWriter<T> writer) {
        var own = record.getSchema();
        try {
            if (!useLatest) {
                var id = autoRegister ? registry.register(subject, own) : registry.idOf(subject, own);
                return encoded(id, record, writer);
            }
            var latest = registry.latest(subject);
            if (own.equals(latest.schema())) {
                return encoded(latest.id(), record, writer);
            }
            var converted = converted(record, writer, latest.schema());
            return encoded(latest.id(), converted, new GenericDatumWriter<>(latest.schema()));
        } catch (IOException | AvroRuntimeException | ClassCastException e) {
            throw new SerializationException(
                    "A " + own.getFullName() + " for " + subject + " cannot be written: " + e.getMessage(), e);
        } catch (NullPointerException e) {
            throw new SerializationException(
                    "A " + own.getFullName() + " for " + subject + " lacks a field: " + e.getMessage(), e);
        }
    }

    private static <T extends IndexedRecord> IndexedRecord converted(T record, DatumWriter<T> writer, Schema latest)
            throws IOException {
        var bytes = Scratch.OF_THREAD.get().encoded(new byte[0], record, writer);
        var decoder = DecoderFactory.get().binaryDecoder(bytes, null);
        return new GenericDatumReader<IndexedRecord>(record.getSchema(), latest).read(null, decoder);
    }

    private static <T> byte[] encoded(int id, T record, DatumWriter<T> writer) throws IOException {
        return Scratch.OF_THREAD.get().encoded(WireFormat.head(id), record, writer);
    }

    /// Where a thread encodes one record after the other, so that it grows to their size once and not with each.
    private static final class Scratch {

        private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);

        /// What is larger is given back at once.
        private static final int LARGE = 256 * 1024;

        private ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        private @Nullable BinaryEncoder encoder;

        <T> byte[] encoded(byte[] head, T record, DatumWriter<T> writer) throws IOException {
            // Still holds what was written of a record that was refused half way, and gives it up now.
            encoder = EncoderFactory.get().binaryEncoder(bytes, encoder);
            bytes.reset();
            bytes.writeBytes(head);
            writer.write(record, encoder);
            encoder.flush();
            var encoded = bytes.toByteArray();
            if (encoded.length > LARGE) {
                bytes = new ByteArrayOutputStream(512);
            }
            return encoded;
        }
    }

    private static DatumWriter<IndexedRecord> writer(Schema schema, IndexedRecord record) {
        return record instanceof SpecificRecord ? WRITERS.get(record.getClass()) : new GenericDatumWriter<>(schema);
    }
}
