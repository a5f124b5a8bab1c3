package dev.muster.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.format.DateTimeFormatter.ISO_INSTANT;

import java.time.Instant;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/// Headers of CloudEvents 1.0 in the binary mode of its Kafka binding, and the correlation id.
public final class CloudEventHeaders {

    public static final String ID = "ce_id";
    public static final String SOURCE = "ce_source";
    public static final String TYPE = "ce_type";
    public static final String TIME = "ce_time";
    public static final String SUBJECT = "ce_subject";

    /// The delivery that caused a record; the same from the webhook to the message that a person reads.
    public static final String CORRELATION_ID = "correlation-id";

    /// Who brought about a record of what is declared; on one that deletes, nothing else says so.
    public static final String ACTOR = "actor";

    /// The trace that a record belongs to, as [W3C Trace Context](https://www.w3.org/TR/trace-context/) writes it. What
    /// follows from a record carries it on. `tracestate` and baggage do not travel.
    public static final String TRACE_PARENT = "traceparent";

    private CloudEventHeaders() {}

    /// Headers of one event.
    ///
    /// @param id unique within the source, and the same when the record is written again
    /// @param source who writes, such as `/muster/evaluator`
    /// @param type such as `dev.muster.result.changed.v1`
    /// @param time when it happened
    /// @param subject what it is about
    public static Headers of(
            String id, String source, String type, Instant time, String subject, @Nullable String correlationId) {
        var headers = new RecordHeaders();
        put(headers, "ce_specversion", "1.0");
        put(headers, ID, id);
        put(headers, SOURCE, source);
        put(headers, TYPE, type);
        put(headers, TIME, ISO_INSTANT.format(time));
        put(headers, SUBJECT, subject);
        put(headers, "content-type", "application/avro");
        if (correlationId != null) {
            put(headers, CORRELATION_ID, correlationId);
        }
        return headers;
    }

    /// Adds who brought the record about.
    public static void putActor(Headers headers, String actor) {
        put(headers, ACTOR, actor);
    }

    /// The delivery that caused the record with these headers, when they say so.
    public static @Nullable String correlationId(Headers headers) {
        return text(headers, CORRELATION_ID);
    }

    /// The trace that the record with these headers belongs to, when they say so; not checked.
    public static @Nullable String traceParent(Headers headers) {
        return text(headers, TRACE_PARENT);
    }

    /// Of these headers the trace alone, for a record that follows from theirs.
    public static Headers traceOf(Headers headers) {
        var trace = headers.lastHeader(TRACE_PARENT);
        return trace == null ? new RecordHeaders() : new RecordHeaders(new Header[] {trace});
    }

    private static @Nullable String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
    }

    private static void put(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(UTF_8));
    }
}
