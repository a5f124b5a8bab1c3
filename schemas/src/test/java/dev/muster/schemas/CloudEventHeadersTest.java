package dev.muster.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.kafka.KafkaMessageFactory;
import java.net.URI;
import org.junit.jupiter.api.Test;

class CloudEventHeadersTest {

    @Test
    void areReadByTheSdkOfCloudEvents() {
        var headers = CloudEventHeaders.of(
                "e-1",
                "/muster/evaluator",
                "dev.muster.result.changed.v1",
                Samples.NOON,
                "component:default/payments",
                "d-1");

        var event = KafkaMessageFactory.createReader(headers, new byte[] {1, 2}).toEvent();

        assertThat(event.getSpecVersion()).hasToString("1.0");
        assertThat(event.getId()).isEqualTo("e-1");
        assertThat(event.getSource()).isEqualTo(URI.create("/muster/evaluator"));
        assertThat(event.getType()).isEqualTo("dev.muster.result.changed.v1");
        assertThat(event.getSubject()).isEqualTo("component:default/payments");
        assertThat(event.getTime().toInstant()).isEqualTo(Samples.NOON);
        assertThat(event.getDataContentType()).isEqualTo("application/avro");
    }

    @Test
    void carryTheCorrelationWhenThereIsOne() {
        var with = CloudEventHeaders.of("e", "/s", "t", Samples.NOON, "x", "d-1");
        var without = CloudEventHeaders.of("e", "/s", "t", Samples.NOON, "x", null);
        assertThat(CloudEventHeaders.correlationId(with)).isEqualTo("d-1");
        assertThat(CloudEventHeaders.correlationId(without)).isNull();
    }
}
