package dev.muster.service;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.schemas.Topics;
import dev.muster.testkit.TestBroker;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A service while its broker is killed, frozen and back again.
class BrokerFaultsTest {

    private static TestBroker broker;
    private static RunningService service;

    @BeforeAll
    static void start() {
        broker = TestBroker.start();
        service = RunningService.with(
                Map.of("spring.kafka.bootstrap-servers", broker.bootstrapServers(), "muster.topics.partitions", "1"));
    }

    @AfterAll
    static void stop() {
        service.close();
        broker.close();
    }

    @AfterEach
    void worksAgainByItself() {
        await().atMost(60, SECONDS).ignoreExceptions().untilAsserted(this::send);
        await().atMost(60, SECONDS).until(() -> status("readiness"), it -> it == 200);
    }

    @Test
    void answersInTimeWhenTheBrokerIsKilled() {
        send();
        broker.kill();
        try {
            failsWithin7Seconds();
            failsWithin7Seconds();
            assertThat(status("readiness")).isEqualTo(503);
            assertThat(status("liveness")).isEqualTo(200);
        } finally {
            broker.restart();
        }
    }

    @Test
    void answersInTimeWhenTheBrokerIsFrozen() {
        send();
        broker.pause();
        try {
            failsWithin7Seconds();
            failsWithin7Seconds();
            assertThat(status("readiness")).isEqualTo(503);
            assertThat(status("liveness")).isEqualTo(200);
        } finally {
            broker.resume();
        }
    }

    @Test
    void writesTheLargestRecordThatThereIs() {
        var noise = new byte[Topics.MAX_DELIVERY_BODY + 2 * 1024 * 1024];
        new java.util.Random(1).nextBytes(noise);
        var producer = service.bean(ReliableProducer.class);
        assertThat(producer.sendAndWait(new ProducerRecord<>("muster.deliveries.v1", noise))
                        .serializedValueSize())
                .isEqualTo(noise.length);
    }

    private void send() {
        service.bean(ReliableProducer.class)
                .sendAndWait(
                        service.bean(Topics.class).receipts(),
                        "n-1",
                        ReliableProducerTest.receipt(),
                        new RecordHeaders());
    }

    private void failsWithin7Seconds() {
        var start = System.nanoTime();
        assertThatThrownBy(this::send).isInstanceOf(RecordNotAcknowledgedException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(7));
    }

    private int status(String group) {
        return service.management("/actuator/health/" + group).statusCode();
    }
}
