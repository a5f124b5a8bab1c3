package dev.muster.portal.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LastOffsetsTest {

    private final LastOffsets last = new LastOffsets();

    @Test
    void knowsWhetherALaterRecordHasTheSameKeyInThePartition() {
        last.add(record(0, 5, "a"));
        last.add(record(0, 7, "b"));
        last.add(record(0, 9, "a"));
        last.add(record(1, 50, "b"));

        assertThat(last.hasLater(record(0, 5, "a"))).isTrue();
        assertThat(last.hasLater(record(0, 9, "a"))).isFalse();
        assertThat(last.hasLater(record(0, 7, "b")))
                .as("keys are a partition's")
                .isFalse();
    }

    @Test
    void passesOverNothingThatItDidNotLookAt() {
        last.add(record(0, 5, "a"));
        last.add(record(0, 6, null));

        assertThat(last.hasLater(record(0, 4, null))).isFalse();
        assertThat(last.hasLater(record(0, 4, "other"))).isFalse();
        assertThat(last.hasLater(record(2, 4, "a"))).isFalse();
        assertThat(last.hasLater(record(0, 8, "a"))).as("came after it").isFalse();
    }

    private static ConsumerRecord<String, byte[]> record(int partition, long offset, @Nullable String key) {
        return new ConsumerRecord<>("results", partition, offset, key, new byte[0]);
    }
}
