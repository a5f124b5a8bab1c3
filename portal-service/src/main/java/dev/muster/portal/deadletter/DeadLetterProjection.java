package dev.muster.portal.deadletter;

import static dev.muster.portal.readmodel.ReadModel.DeadLetter.DEAD_LETTER;
import static dev.muster.portal.readmodel.ReadModel.DeadLetter.FAILED_AT;
import static dev.muster.portal.readmodel.ReadModel.DeadLetter.KEY;
import static dev.muster.portal.readmodel.ReadModel.DeadLetter.MESSAGE;
import static dev.muster.portal.readmodel.ReadModel.DeadLetter.OFFSET;
import static dev.muster.portal.readmodel.ReadModel.DeadLetter.PARTITION;
import static dev.muster.portal.readmodel.ReadModel.DeadLetter.REASON;
import static dev.muster.portal.readmodel.ReadModel.DeadLetter.RECORDED_AT;
import static dev.muster.portal.readmodel.ReadModel.DeadLetter.SERVICE;
import static dev.muster.portal.readmodel.ReadModel.DeadLetter.SIZE;
import static dev.muster.portal.readmodel.ReadModel.DeadLetter.STAGE;
import static dev.muster.portal.readmodel.ReadModel.DeadLetter.TOPIC;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.portal.projection.Changes;
import dev.muster.portal.projection.Projection;
import dev.muster.portal.projection.Recorded;
import dev.muster.portal.readmodel.Upsert;
import dev.muster.schemas.Topic;
import dev.muster.schemas.Topics;
import dev.muster.schemas.v1.DeadLetter;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Where and why records were given up; their bytes stay on the topic. Told once a batch for each topic
/// that they were on.
@Component
class DeadLetterProjection implements Projection<DeadLetter> {

    private final Topics topics;

    DeadLetterProjection(Topics topics) {
        this.topics = topics;
    }

    @Override
    public Topic<String, DeadLetter> topic() {
        return topics.deadLetters();
    }

    @Override
    public void apply(DSLContext sql, List<Recorded<DeadLetter>> records, Changes changes) {
        var upsert = new Upsert(
                DEAD_LETTER,
                5,
                List.of(TOPIC, PARTITION, OFFSET, SERVICE, STAGE, REASON, MESSAGE, KEY, SIZE, RECORDED_AT, FAILED_AT));
        for (var record : records) {
            var letter = record.value();
            if (letter != null) {
                upsert.add(
                        letter.getTopic(),
                        letter.getPartition(),
                        letter.getOffset(),
                        letter.getService(),
                        letter.getStage(),
                        letter.getReason(),
                        letter.getMessage(),
                        text(letter.getKey()),
                        letter.getValue() == null ? 0 : letter.getValue().remaining(),
                        letter.getTimestamp(),
                        letter.getFailedAt());
                changes.say("deadLetter", letter.getTopic(), Map.of("topic", letter.getTopic()));
            }
        }
        upsert.execute(sql);
    }

    @Override
    public void forget(DSLContext sql) {
        sql.deleteFrom(DEAD_LETTER).execute();
    }

    private static @Nullable String text(@Nullable ByteBuffer key) {
        return key == null ? null : UTF_8.decode(key.duplicate()).toString();
    }
}
