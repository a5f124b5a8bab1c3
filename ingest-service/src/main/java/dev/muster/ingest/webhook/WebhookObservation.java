package dev.muster.ingest.webhook;

import io.micrometer.common.KeyValue;
import org.springframework.http.server.observation.DefaultServerRequestObservationConvention;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.stereotype.Component;

/// Keeps the secret of a path out of traces: they get the pattern where the address would stand.
@Component
final class WebhookObservation extends DefaultServerRequestObservationConvention {

    private static final String PREFIX = "/v1/webhooks/";

    @Override
    protected KeyValue httpUrl(ServerRequestObservationContext context) {
        var carrier = context.getCarrier();
        return carrier != null && carrier.getRequestURI().startsWith(PREFIX)
                ? KeyValue.of("http.url", PREFIX + "{name}")
                : super.httpUrl(context);
    }
}
