package dev.muster.evaluator.entities;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlarmTest {

    private static final Instant BEGUN = Instant.parse("2026-11-27T10:00:00Z");

    private final MockProcessorContext<String, String> context = new MockProcessorContext<>();
    private final List<String> woken = new ArrayList<>();
    private Alarm alarm;

    @BeforeEach
    void start() {
        context.setCurrentSystemTimeMs(BEGUN.toEpochMilli());
        alarm = new Alarm(context, Duration.ofSeconds(1), () -> woken.add("woken"));
    }

    private List<CapturedPunctuator> waiting() {
        return context.scheduledPunctuators().stream()
                .skip(1) // the one that always rings
                .filter(it -> !it.cancelled())
                .toList();
    }

    @Test
    void waitsFromTheEndOfTheWorkThoughTheContextStillSaysWhenItBegan() {
        var end = BEGUN.plusMillis(250);

        alarm.at(end.plusMillis(50), end);

        assertThat(waiting()).singleElement().returns(Duration.ofMillis(50), CapturedPunctuator::getInterval);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 1, 999_999, 1_000_000})
    void waitsForAMillisecondAtLeast(long nanos) {
        alarm.at(BEGUN.plusNanos(nanos), BEGUN);

        assertThat(waiting()).singleElement().returns(Duration.ofMillis(1), CapturedPunctuator::getInterval);
    }

    @Test
    void ringsOnceAndForTheEarliestOnly() {
        alarm.at(BEGUN.plusMillis(80), BEGUN);
        alarm.at(BEGUN.plusMillis(50), BEGUN);
        alarm.at(BEGUN.plusMillis(60), BEGUN);

        var next = waiting();
        assertThat(next).singleElement().returns(Duration.ofMillis(50), CapturedPunctuator::getInterval);
        next.getFirst().getPunctuator().punctuate(BEGUN.plusMillis(50).toEpochMilli());
        assertThat(woken).hasSize(1);
        assertThat(waiting()).isEmpty();
    }
}
