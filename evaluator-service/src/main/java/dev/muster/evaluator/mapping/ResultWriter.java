package dev.muster.evaluator.mapping;

import dev.muster.schemas.v1.Result;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.jspecify.annotations.Nullable;

/// Writes results as Avro does, and copies what it wrote before of [Outcomes].
public final class ResultWriter extends SpecificDatumWriter<Result> {

    private final ThreadLocal<Scratch> scratches = ThreadLocal.withInitial(Scratch::new);

    public ResultWriter() {
        super(Result.class);
    }

    /// Where a thread encodes one outcome after the other.
    private static final class Scratch {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        private @Nullable BinaryEncoder encoder;

        /// Empty, whatever was left of an outcome that was refused half way.
        private BinaryEncoder begin() {
            encoder = EncoderFactory.get().binaryEncoder(bytes, encoder);
            bytes.reset();
            return encoder;
        }
    }

    @Override
    protected void writeArray(Schema schema, Object datum, Encoder out) throws IOException {
        if (datum instanceof Outcomes outcomes) {
            out.writeArrayStart();
            out.setItemCount(outcomes.size());
            for (var place = 0; place < outcomes.size(); place++) {
                out.startItem();
                out.writeFixed(encoded(outcomes, place, schema.getElementType()));
            }
            out.writeArrayEnd();
        } else {
            super.writeArray(schema, datum, out);
        }
    }

    private byte[] encoded(Outcomes outcomes, int place, Schema schema) throws IOException {
        var known = outcomes.encoded(place);
        if (known != null) {
            return known;
        }
        var scratch = scratches.get();
        var encoder = scratch.begin();
        write(schema, outcomes.get(place), encoder);
        encoder.flush();
        var encoded = scratch.bytes.toByteArray();
        outcomes.encoded(place, encoded);
        return encoded;
    }
}
