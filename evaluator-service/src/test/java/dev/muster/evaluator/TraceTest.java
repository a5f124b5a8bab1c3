package dev.muster.evaluator;

import static dev.muster.evaluator.Evaluation.header;
import static dev.muster.evaluator.Known.NOON;
import static dev.muster.evaluator.Known.PAYMENTS;
import static dev.muster.evaluator.Known.REPO;
import static dev.muster.evaluator.Known.coverage;
import static dev.muster.evaluator.Known.entity;
import static dev.muster.evaluator.Known.observed;
import static dev.muster.evaluator.Known.rule;
import static dev.muster.evaluator.Known.scorecard;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.v1.Entity;
import dev.muster.schemas.v1.FactsObserved;
import java.time.Duration;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What is told belongs to the trace of the record that it follows from.
class TraceTest {

    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private final Evaluation muster = new Evaluation();

    @AfterEach
    void close() {
        muster.close();
    }

    @Test
    void aResultAndATransitionCarryTheTraceOfTheFactsThatCausedThem() {
        muster.publish(scorecard("ready", 1, Known.covered()))
                .declare(entity(PAYMENTS, REPO))
                .observe(REPO, "d1", coverage(90, NOON));

        observe(observed(REPO, "d2", coverage(10, NOON.plusSeconds(60))));

        assertThat(muster.resultRecords())
                .singleElement()
                .satisfies(it -> assertThat(header(it.headers(), "traceparent")).isEqualTo(TRACE));
        assertThat(muster.transitionRecords())
                .singleElement()
                .satisfies(it -> assertThat(header(it.headers(), "traceparent")).isEqualTo(TRACE));
    }

    @Test
    void theyCarryTheTraceOfADeclarationToo() {
        muster.publish(scorecard("ready", 1, Known.covered())).observe(REPO, "d1", coverage(10, NOON));

        declare(entity(PAYMENTS, REPO));

        assertThat(muster.resultRecords())
                .isNotEmpty()
                .allSatisfy(
                        it -> assertThat(header(it.headers(), "traceparent")).isEqualTo(TRACE));
        assertThat(muster.transitionRecords())
                .isNotEmpty()
                .allSatisfy(
                        it -> assertThat(header(it.headers(), "traceparent")).isEqualTo(TRACE));
    }

    @Test
    void whatTheClockCausesIsPartOfNoTrace() {
        var fresh = rule("covered", "coverage.newCode >= 80.0", "silver")
                .setFreshMillis(Duration.ofDays(14).toMillis())
                .build();
        muster.publish(scorecard("ready", 1, fresh)).declare(entity(PAYMENTS, REPO));
        observe(observed(REPO, "d1", coverage(90, NOON)));
        assertThat(muster.resultRecords()).isNotEmpty();

        muster.pass(Duration.ofDays(15));

        assertThat(muster.transitionRecords()).isNotEmpty();
        assertThat(muster.transitionRecords())
                .allSatisfy(
                        it -> assertThat(it.headers().lastHeader("traceparent")).isNull());
        assertThat(muster.resultRecords())
                .allSatisfy(
                        it -> assertThat(it.headers().lastHeader("traceparent")).isNull());
    }

    private void observe(FactsObserved facts) {
        muster.pipe(muster.topics().facts(), facts.getSubject(), facts, headers());
    }

    private void declare(Entity entity) {
        muster.pipe(muster.topics().catalog(), entity.getRef(), entity, headers());
    }

    private static RecordHeaders headers() {
        var headers = new RecordHeaders();
        headers.add("traceparent", TRACE.getBytes(UTF_8));
        headers.add("baggage", "of=a-stranger".getBytes(UTF_8));
        return headers;
    }
}
