package dev.muster.evaluator.mapping;

import dev.muster.schemas.TopicNames;
import dev.muster.schemas.v1.Result;
import java.util.Arrays;
import org.apache.kafka.common.serialization.Serde;

/// Results as bytes: those that travel, which their store keeps as well. Used by one thread.
///
/// Of what is read as it would be written today, the outcomes know their bytes: those that nobody touches are not
/// encoded again with the next result.
public final class ResultBytes {

    /// Before a record: a zero and the number of its schema.
    private static final int HEAD = 5;

    private final Serde<Result> serde;
    private byte[] written = {};

    /// @param serde of the topic of results, with [ResultWriter]
    public ResultBytes(Serde<Result> serde) {
        this.serde = serde;
    }

    public byte[] write(Result result) {
        written = serde.serializer().serialize(TopicNames.RESULTS, result);
        return written;
    }

    public Judged read(byte[] bytes) {
        var result = serde.deserializer().deserialize(TopicNames.RESULTS, bytes);
        if (isOfSchemaOfToday(bytes)) {
            result.put("rules", Outcomes.read(result.getRules(), bytes, HEAD));
        }
        return Judged.of(result);
    }

    /// Known as soon as something has been written.
    private boolean isOfSchemaOfToday(byte[] bytes) {
        return written.length > HEAD && Arrays.equals(written, 0, HEAD, bytes, 0, HEAD);
    }
}
