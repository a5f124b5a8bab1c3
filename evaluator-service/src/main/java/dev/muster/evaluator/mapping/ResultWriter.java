package dev.muster.evaluator.mapping;

import dev.muster.schemas.v1.Result;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;

/// Writes results as Avro does, and copies what it wrote before of [Outcomes].
public final class ResultWriter extends SpecificDatumWriter<Result> {

    public ResultWriter() {
        super(Result.class);
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
        var bytes = new ByteArrayOutputStream(512);
        var encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        write(schema, outcomes.get(place), encoder);
        var encoded = bytes.toByteArray();
        outcomes.encoded(place, encoded);
        return encoded;
    }
}
