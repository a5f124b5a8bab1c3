package dev.muster.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.Topics;
import dev.muster.testkit.TestBroker;
import dev.muster.testkit.TestRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/// Two instances that are told things in the same moment.
class SeveralInstancesTest {

    private static final int ROUNDS = 6;

    private static ConfigurableApplicationContext one;
    private static ConfigurableApplicationContext other;

    @BeforeAll
    static void start() {
        one = IngestContext.start(TestBroker.shared(), TestRegistry.shared(), People.settings());
        other = IngestContext.start(TestBroker.shared(), TestRegistry.shared(), People.settings());
    }

    @AfterAll
    static void stop() {
        one.close();
        other.close();
    }

    private static String scorecard(int max) {
        return """
                apiVersion: muster.dev/v1
                kind: Scorecard
                metadata: { name: contended, title: Contended }
                spec:
                  levels: [bronze]
                  rules:
                    - { id: few, title: Few, check: "size(vulnerabilities) <= %d", level: bronze }
                """.formatted(max);
    }

    @Test
    void giveNoVersionOfAScorecardTwice() throws Exception {
        var together = new CyclicBarrier(2);
        var told = new ArrayList<Future<List<Integer>>>();
        try (var threads = Executors.newFixedThreadPool(2)) {
            told.add(threads.submit(publishing(one, 0, together)));
            told.add(threads.submit(publishing(other, 1_000, together)));
        }

        var definitions = new TreeMap<Integer, String>();
        for (var record : new TopicRecords(TestBroker.shared().bootstrapServers())
                .all(one.getBean(Topics.class).scorecards())) {
            if (record.key().equals("contended")) {
                assertThat(definitions.put(
                                record.value().getVersion(), record.value().getDigest()))
                        .as("an earlier definition of version " + record.value().getVersion())
                        .isNull();
            }
        }
        assertThat(definitions).hasSize(2 * ROUNDS).containsKeys(1, 2 * ROUNDS);
        var answers = new ArrayList<Integer>();
        for (var each : told) {
            answers.addAll(each.get());
        }
        assertThat(answers).as("what was answered").containsExactlyInAnyOrderElementsOf(definitions.keySet());
    }

    /// Publishes definitions that nobody else publishes, and gives the versions that they got.
    private static Callable<List<Integer>> publishing(
            ConfigurableApplicationContext instance, int from, CyclicBarrier together) {
        return () -> {
            var http = new Http(IngestContext.port(instance));
            var versions = new ArrayList<Integer>();
            for (var round = 0; round < ROUNDS; round++) {
                together.await();
                var answer = http.putYaml("/v1/scorecards", scorecard(from + round));
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                versions.add(JsonMapper.shared()
                        .readTree(answer.body())
                        .at("/versions/contended")
                        .intValue());
            }
            return versions;
        };
    }

    @Test
    void approveNoExemptionTwice() throws Exception {
        var admin = new Http(IngestContext.port(one));
        var applied = admin.putYaml("/v1/catalog", """
                { kind: Group, metadata: { name: contended } }
                ---
                { kind: Component, metadata: { name: contended }, spec: { type: service, owner: contended } }
                """);
        assertThat(applied.statusCode()).as(applied.body()).isEqualTo(200);
        var ids = new ArrayList<String>();
        for (var round = 0; round < ROUNDS; round++) {
            var asked = admin.postJson("/v1/exemptions", """
                    {"entity":"contended","rule":"max-known-vulnerabilities","reason":"for the sake of the test","expires":"1d"}
                    """);
            assertThat(asked.statusCode()).as(asked.body()).isEqualTo(201);
            ids.add(JsonMapper.shared().readTree(asked.body()).path("id").asString());
        }
        var together = new CyclicBarrier(2);
        List<Integer> answers;
        try (var threads = Executors.newFixedThreadPool(2)) {
            var here = threads.submit(approving(one, ids, together));
            var there = threads.submit(approving(other, ids, together));
            answers = new ArrayList<>(here.get());
            answers.addAll(there.get());
        }

        assertThat(answers).containsOnly(200, 409);
        assertThat(answers).filteredOn(it -> it == 200).hasSize(ROUNDS);
        assertThat(new TopicRecords(TestBroker.shared().bootstrapServers())
                        .all(one.getBean(Topics.class).audit()))
                .filteredOn(it -> it.value().getAction().equals("exemption.approved"))
                .extracting(it -> it.value().getId())
                .filteredOn(ids::contains)
                .containsExactlyInAnyOrderElementsOf(ids);
    }

    private static Callable<List<Integer>> approving(
            ConfigurableApplicationContext instance, List<String> ids, CyclicBarrier together) {
        return () -> {
            var http = new Http(IngestContext.port(instance)).as(People.APPROVER);
            var answers = new ArrayList<Integer>();
            for (var id : ids) {
                together.await();
                answers.add(http.post("/v1/exemptions/" + id + "/approve").statusCode());
            }
            return answers;
        };
    }

    @Test
    void makeNoUserTwice() throws Exception {
        var together = new CyclicBarrier(2);
        List<Integer> answers;
        try (var threads = Executors.newFixedThreadPool(2)) {
            var here = threads.submit(pushing(one, together));
            var there = threads.submit(pushing(other, together));
            answers = new ArrayList<>(here.get());
            answers.addAll(there.get());
        }
        assertThat(answers).containsOnly(201, 409);
        assertThat(answers).filteredOn(it -> it == 201).hasSize(ROUNDS);
    }

    private static Callable<List<Integer>> pushing(ConfigurableApplicationContext instance, CyclicBarrier together) {
        return () -> {
            var http = new Http(IngestContext.port(instance));
            var answers = new ArrayList<Integer>();
            for (var round = 0; round < ROUNDS; round++) {
                together.await();
                answers.add(
                        http.postJson("/scim/v2/Users", """
                                { "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "contended-%d" }
                                """.formatted(round)).statusCode());
            }
            return answers;
        };
    }
}
