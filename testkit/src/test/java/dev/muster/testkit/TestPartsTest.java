package dev.muster.testkit;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.DriverManager;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestPartsTest {

    @Test
    void aBrokerThatWasKilledComesBackWithItsTopics() throws Exception {
        try (var broker = TestBroker.start()) {
            broker.createTopic("kept", 3, Map.of());
            broker.kill();
            broker.restart();
            try (var admin = broker.admin()) {
                assertThat(admin.listTopics().names().get(30, SECONDS)).containsExactly("kept");
            }
        }
    }

    @Test
    void aRegistryThatWasKilledComesBackWithItsSchemas() throws Exception {
        try (var registry = TestRegistry.start();
                var http = HttpClient.newHttpClient()) {
            var subject = URI.create(registry.url() + "/subjects/kept-value/versions");
            var schema = HttpRequest.newBuilder(subject)
                    .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                    .POST(BodyPublishers.ofString("{\"schema\":\"\\\"string\\\"\"}"))
                    .build();
            assertThat(http.send(schema, BodyHandlers.ofString()).body()).contains("\"id\"");
            registry.kill();
            registry.restart();
            assertThat(http.send(HttpRequest.newBuilder(subject).build(), BodyHandlers.ofString())
                            .body())
                    .isEqualTo("[1]");
        }
    }

    @Test
    void aDatabaseThatWasKilledComesBackWithItsRows() throws Exception {
        try (var postgres = TestPostgres.start()) {
            var database = postgres.newDatabase();
            try (var connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                    var statement = connection.createStatement()) {
                statement.execute("create table kept (name text)");
            }
            postgres.kill();
            assertThatThrownBy(() -> DriverManager.getConnection(database.url(), database.user(), database.password()));
            postgres.restart();
            try (var connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                    var statement = connection.createStatement()) {
                assertThat(statement.executeQuery("select * from kept").next()).isFalse();
            }
        }
    }
}
