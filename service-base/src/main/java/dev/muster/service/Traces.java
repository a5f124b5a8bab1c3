package dev.muster.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.schemas.CloudEventHeaders;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import java.util.HashMap;
import java.util.function.Supplier;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/// Carries a trace from the HTTP request through Kafka to the message that is sent.
///
/// A trace is written as the header `traceparent` of [W3C Trace Context](https://www.w3.org/TR/trace-context/), the
/// same on HTTP and on Kafka. It travels whether spans are exported or not. What is not such a header is as good as
/// none: the work then begins a trace.
public final class Traces {

    private final Tracer tracer;
    private final Propagator propagator;

    /// Carries the traces of a tracer.
    ///
    /// @param tracer makes the spans
    /// @param propagator reads and writes `traceparent`
    public Traces(Tracer tracer, Propagator propagator) {
        this.tracer = tracer;
        this.propagator = propagator;
    }

    /// Carries nothing.
    public static Traces none() {
        return new Traces(Tracer.NOOP, Propagator.NOOP);
    }

    /// The trace of what this thread is doing, as a header; null when it is part of none.
    public @Nullable String current() {
        var span = tracer.currentSpan();
        if (span == null) {
            return null;
        }
        var fields = new HashMap<String, String>(4);
        propagator.inject(span.context(), fields, (_, name, value) -> fields.put(name, value));
        return fields.get(CloudEventHeaders.TRACE_PARENT);
    }

    /// Does `work` as a span of its own.
    ///
    /// @param name what is done, from a closed set
    /// @param parent header that the span continues, or null
    public <T> T within(String name, Span.Kind kind, @Nullable String parent, Supplier<T> work) {
        var span = propagator
                .extract(parent, (header, field) -> field.equals(CloudEventHeaders.TRACE_PARENT) ? header : null)
                .name(name)
                .kind(kind)
                .start();
        try (var _ = tracer.withSpan(span)) {
            return work.get();
        } catch (RuntimeException e) {
            span.error(e);
            throw e;
        } finally {
            span.end();
        }
    }

    /// Says something about the span that this thread is in, for who looks at it.
    public void tell(String key, String value) {
        var span = tracer.currentSpan();
        if (span != null) {
            span.tag(key, value);
        }
    }

    /// Puts the trace of what this thread is doing into headers that say nothing of a trace.
    void mark(Headers headers) {
        if (headers.lastHeader(CloudEventHeaders.TRACE_PARENT) == null) {
            var trace = current();
            if (trace != null) {
                headers.add(CloudEventHeaders.TRACE_PARENT, trace.getBytes(UTF_8));
            }
        }
    }
}
