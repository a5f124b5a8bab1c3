package dev.muster.ingest.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.common.KeyValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class WebhookObservationTest {

    private static Iterable<KeyValue> told(String path) {
        var context = new ServerRequestObservationContext(
                new MockHttpServletRequest("POST", path), new MockHttpServletResponse());
        return new WebhookObservation()
                .getLowCardinalityKeyValues(context)
                .and(new WebhookObservation().getHighCardinalityKeyValues(context));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/webhooks/codecov/s3cret", "/v1/webhooks/codecov/s3cret/more"})
    void keepsTheSecretOfAPathOutOfTraces(String path) {
        assertThat(told(path)).noneMatch(it -> it.getValue().contains("s3cret"));
    }

    @Test
    void tellsOtherAddressesAsTheyAre() {
        assertThat(told("/v1/facts")).anyMatch(it -> it.getValue().equals("/v1/facts"));
    }
}
