package dev.muster.service;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.muster.schemas.CloudEventHeaders;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.tracing.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.SpanExporters;

/// The trace from a request to a record, with Boot's own tracing and nobody to export to.
class TracesTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PARENT = "00-" + TRACE + "-00f067aa0ba902b7-01";
    private static final RunningService SERVICE =
            RunningService.alone(Map.of("muster.security.open-paths", "/open/**"));

    private final Traces traces = SERVICE.bean(Traces.class);

    @AfterAll
    static void stop() {
        SERVICE.close();
    }

    @Test
    void workContinuesTheTraceOfItsParentAsASpanOfItsOwn() {
        var within = traces.within("work", Span.Kind.CONSUMER, PARENT, traces::current);

        assertThat(within).matches("00-" + TRACE + "-[0-9a-f]{16}-01").isNotEqualTo(PARENT);
        assertThat(traces.current()).as("and it ends with the work").isNull();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
            })
    void workWithoutASoundParentBeginsATrace(String parent) {
        assertThat(traces.within("work", Span.Kind.CONSUMER, parent, traces::current))
                .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]")
                .doesNotContain(TRACE);
    }

    @Test
    void workThatFailsFailsAsItDid() {
        assertThatThrownBy(() -> traces.within("work", Span.Kind.CONSUMER, PARENT, () -> {
                    throw new IllegalStateException("so it is");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("so it is");
        assertThat(traces.current()).isNull();
    }

    @Test
    void aRecordCarriesTheTraceOfTheWorkThatSendsIt() {
        var kafka = new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
        var producer = new ReliableProducer(kafka, traces);

        traces.within("work", Span.Kind.CONSUMER, PARENT, () -> producer.send(record(new RecordHeaders())));
        var another = new RecordHeaders().add("traceparent", "another".getBytes(UTF_8));
        traces.within("work", Span.Kind.CONSUMER, PARENT, () -> producer.send(record(another)));
        producer.sendAndWait(record(new RecordHeaders()));

        assertThat(kafka.history())
                .extracting(it -> CloudEventHeaders.traceParent(it.headers()))
                .satisfiesExactly(
                        it -> assertThat(it).startsWith("00-" + TRACE),
                        it -> assertThat(it).isEqualTo("another"),
                        it -> assertThat(it).isNull());
    }

    private static ProducerRecord<byte[], byte[]> record(Headers headers) {
        return new ProducerRecord<>("t", (Integer) null, new byte[0], new byte[1], headers);
    }

    @Test
    void aRequestContinuesTheTraceOfItsCaller() {
        assertThat(SERVICE.get("/open/trace", "traceparent", PARENT).body())
                .matches("00-" + TRACE + "-[0-9a-f]{16}-01");
    }

    @Test
    void aRequestContinuesNothingThatIsNotW3C() {
        assertThat(SERVICE.get("/open/trace", "b3", TRACE + "-00f067aa0ba902b7-1", "X-B3-TraceId", TRACE)
                        .body())
                .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]")
                .doesNotContain(TRACE);
    }

    @Test
    void nobodyIsTracedOrCountedWhoOnlyProbes() {
        SERVICE.management("/actuator/health/liveness");
        SERVICE.get("/open/trace");

        // A request is counted when it is over, which is a little after its answer.
        var meters = SERVICE.bean(MeterRegistry.class);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> meters.find("http.server.requests")
                                .tag("uri", "/open/trace")
                                .timer()
                        != null);
        assertThat(meters.find("http.server.requests").timers())
                .allSatisfy(it -> assertThat(it.getId().getTag("uri")).doesNotContain("actuator"));
    }

    @Test
    void spansStayHereUntilAnEndpointIsSet() throws IOException {
        assertThat(SERVICE.bean(SpanExporters.class).list()).isEmpty();

        var received = new CompletableFuture<String>();
        var collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            try (exchange) {
                received.complete(new String(exchange.getRequestBody().readAllBytes(), ISO_8859_1));
                exchange.sendResponseHeaders(200, -1);
            }
        });
        collector.start();
        var endpoint = "http://localhost:" + collector.getAddress().getPort() + "/v1/traces";
        try (var exporting = RunningService.alone(Map.of(
                "muster.security.open-paths", "/open/**",
                "management.opentelemetry.tracing.export.otlp.endpoint", endpoint,
                "management.opentelemetry.tracing.export.schedule-delay", "100ms"))) {
            exporting.get("/open/trace", "traceparent", PARENT);

            assertThat(received)
                    .succeedsWithin(Duration.ofSeconds(30))
                    .asString()
                    .contains("http get /open/trace", "service.name", "sample");
        } finally {
            collector.stop(0);
        }
    }

    @Test
    void withoutTracingNothingIsCarried() {
        var none = Traces.none();
        assertThat(none.within("work", Span.Kind.CONSUMER, PARENT, none::current))
                .isNull();
    }
}
