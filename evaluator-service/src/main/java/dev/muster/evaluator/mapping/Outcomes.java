package dev.muster.evaluator.mapping;

import dev.muster.schemas.v1.Result;
import dev.muster.schemas.v1.RuleOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/// The outcomes of a result with the bytes that stand for each, so that those which nobody touched are not
/// encoded again with every result: [ResultWriter] fills in what is missing. Used by one thread.
final class Outcomes extends AbstractList<RuleOutcome> implements RandomAccess {

    private static final Schema RESULT = Result.getClassSchema();
    private static final Schema.Field PLACE = RESULT.getField("rules");

    private final List<RuleOutcome> outcomes;

    @SuppressWarnings("NullAway") // null at the place of what nobody encoded yet
    private final byte[][] encoded;

    /// @param outcomes not changed any more, neither the list nor what it holds
    /// @param before those of the result before, of which the very same ones are known
    Outcomes(List<RuleOutcome> outcomes, List<RuleOutcome> before) {
        this.outcomes = outcomes;
        this.encoded = new byte[outcomes.size()][];
        if (before instanceof Outcomes known) {
            for (var place = 0; place < Math.min(size(), known.size()); place++) {
                if (same(outcomes.get(place), known.get(place))) {
                    encoded[place] = known.encoded[place];
                }
            }
        }
    }

    /// Those of a result that was read, with the bytes that they were read from.
    ///
    /// @param result the bytes of the result, by the schema of its class, from `start` on
    static Outcomes read(List<RuleOutcome> outcomes, byte[] result, int start) {
        var read = new Outcomes(outcomes, List.of());
        try {
            var rest = DecoderFactory.get().binaryDecoder(result, start, result.length - start, null);
            for (var field : RESULT.getFields().subList(0, PLACE.pos())) {
                GenericDatumReader.skip(field.schema(), rest);
            }
            var place = 0;
            for (var many = rest.readArrayStart(); many > 0; many = rest.arrayNext()) {
                for (var end = place + many; place < end; place++) {
                    var from = result.length - left(rest);
                    GenericDatumReader.skip(PLACE.schema().getElementType(), rest);
                    read.encoded[place] = Arrays.copyOfRange(result, from, result.length - left(rest));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a result ends early that has been read before", e);
        }
        return read;
    }

    /// How many bytes of an array have not been read.
    private static int left(BinaryDecoder decoder) throws IOException {
        return decoder.inputStream().available();
    }

    @SuppressWarnings("ReferenceEquality")
    private static boolean same(RuleOutcome a, RuleOutcome b) {
        return a == b;
    }

    @Override
    public RuleOutcome get(int place) {
        return outcomes.get(place);
    }

    @Override
    public int size() {
        return outcomes.size();
    }

    /// Null when nobody encoded it yet.
    byte @Nullable [] encoded(int place) {
        return encoded[place];
    }

    void encoded(int place, byte[] bytes) {
        encoded[place] = bytes;
    }
}
