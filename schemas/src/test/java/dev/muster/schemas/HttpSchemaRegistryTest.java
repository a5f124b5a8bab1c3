package dev.muster.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class HttpSchemaRegistryTest {

    private static final String SCHEMA = "{\"schema\":\"{\\\"type\\\":\\\"string\\\"}\"}";

    @AutoClose
    private final ScriptedRegistry server = new ScriptedRegistry();

    private SchemaRegistry registry(Map<String, Object> more) {
        var config = new HashMap<String, Object>(Map.of("schema.registry.url", server.url(), "retries.wait.ms", 1));
        config.putAll(more);
        return SchemaRegistries.from(config);
    }

    private SchemaRegistry registry() {
        return registry(Map.of());
    }

    @Test
    void registersOnceAndRemembers() {
        server.answers(200, "{\"id\":17}");
        var registry = registry();

        assertThat(registry.register("a/b c-value", Samples.colour(1))).isEqualTo(17);
        assertThat(registry.register("a/b c-value", Samples.colour(1))).isEqualTo(17);

        assertThat(server.requests)
                .singleElement()
                .asString()
                .startsWith("POST /subjects/a%2Fb%20c-value/versions {\"schema\":\"{\\\"type\\\":\\\"record\\\"");
        assertThat(server.contentTypes).containsExactly("application/vnd.schemaregistry.v1+json");
    }

    @Test
    void looksUpOnceAndRemembers() {
        server.answers(200, "{\"subject\":\"s\",\"id\":4,\"version\":1,\"schema\":\"…\"}");
        var registry = registry();

        assertThat(registry.idOf("s", Samples.colour(1))).isEqualTo(4);
        assertThat(registry.idOf("s", Samples.colour(1))).isEqualTo(4);
        assertThat(server.requests).singleElement().asString().startsWith("POST /subjects/s {\"schema\":");
    }

    @Test
    void getsASchemaOnceAndRemembers() {
        server.answers(200, SCHEMA);
        var registry = registry();

        assertThat(registry.byId(5).getType().getName()).isEqualTo("string");
        assertThat(registry.byId(5)).isSameAs(registry.byId(5));
        assertThat(server.requests).containsExactly("GET /schemas/ids/5");
    }

    @Test
    void doesNotAskForTheSameUnknownNumberOverAndOver() {
        server.answers(404, "{\"error_code\":40403,\"message\":\"Schema not found\"}");
        var registry = registry();

        assertThatThrownBy(() -> registry.byId(5))
                .isInstanceOf(UnknownSchemaException.class)
                .hasMessageContaining(server.url() + " has no schema 5: it answered 404 \"Schema not found\"");
        assertThatThrownBy(() -> registry.byId(5)).isInstanceOf(UnknownSchemaException.class);
        assertThat(server.requests).hasSize(1);
    }

    @Test
    void remembersTheLatestAsLongAsItIsTold() {
        server.answers(200, "{\"version\":1,\"id\":4," + SCHEMA.substring(1))
                .answers(200, "{\"version\":2,\"id\":5," + SCHEMA.substring(1));
        var forEver = registry();
        assertThat(forEver.latest("s").version()).isEqualTo(1);
        assertThat(forEver.latest("s").version()).isEqualTo(1);

        var never = registry(Map.of("latest.cache.ttl.sec", 0));
        server.answers(200, "{\"version\":3,\"id\":6," + SCHEMA.substring(1));
        assertThat(never.latest("s").version()).isEqualTo(2);
        assertThat(never.latest("s").id()).isEqualTo(6);
    }

    @Test
    void refusesASchemaThatIsNotAvro() {
        server.answers(200, "{\"schemaType\":\"PROTOBUF\",\"schema\":\"message X {}\"}");
        assertThatThrownBy(() -> registry().byId(5))
                .isInstanceOf(UnknownSchemaException.class)
                .hasMessageContaining("schema 5 is PROTOBUF, not Avro");
    }

    @Test
    void saysWhatWasRefusedAndWhatToDo() {
        server.answers(409, "{\"error_code\":409,\"message\":\"READER_FIELD_MISSING_DEFAULT_VALUE\\nat /fields/1\"}");
        assertThatThrownBy(() -> registry().register("s", Samples.colour(2)))
                .isInstanceOf(SchemaRefusedException.class)
                .hasMessage(
                        "The schema registry " + server.url() + " refuses the schema dev.muster.test.Colour for subject"
                                + " s: it answered 409 \"READER_FIELD_MISSING_DEFAULT_VALUE at /fields/1\". The schema cannot be"
                                + " read together with the versions that the subject has: change it so that every new field has a"
                                + " default and nothing is renamed, or use a new subject.");
    }

    @Test
    void tellsAWrongPathFromARefusal() {
        server.answers(404, "<html>no such page</html>");
        assertThatThrownBy(() -> registry().register("s", Samples.colour(2)))
                .isInstanceOf(SchemaRefusedException.class)
                .hasMessageContaining("schema.registry.url holds the whole path");
    }

    @Test
    void asksAgainAfterTroubleThatPasses() {
        server.answers(500, "").answers(429, "{}").answers(503, "busy").answers(200, "{\"id\":3}");
        assertThat(registry().register("s", Samples.colour(1))).isEqualTo(3);
        assertThat(server.requests).hasSize(4);
    }

    @Test
    void givesUpAfterTheRetriesWithWhatWasAnsweredLast() {
        server.answers(500, "").answers(500, "{\"message\":\"database is locked\"}");
        assertThatThrownBy(() -> registry(Map.of("max.retries", 1)).byId(1))
                .isInstanceOf(SchemaRegistryException.class)
                .isInstanceOf(RetriableException.class)
                .isNotInstanceOf(SerializationException.class)
                .hasMessage("The schema registry " + server.url() + " does not answer (it answered 500 \"database is"
                        + " locked\"). Check that it runs and that schema.registry.url is right.");
        assertThat(server.requests).hasSize(2);
    }

    @Test
    void goesOnToTheNextAddressAndStaysThere() {
        server.answers(200, SCHEMA).answers(200, SCHEMA);
        var down = new ScriptedRegistry();
        down.close();
        var registry = registry(Map.of("schema.registry.url", down.url() + "," + server.url(), "max.retries", 0));

        assertThat(registry.byId(1)).isEqualTo(registry.byId(2));
        assertThat(registry).hasToString(down.url() + "," + server.url());
    }

    @Test
    void asksAllAddressesInEveryRound() {
        server.answers(500, "").answers(200, SCHEMA);
        try (var other = new ScriptedRegistry().answers(500, "").answers(500, "")) {
            var registry = registry(Map.of("schema.registry.url", other.url() + "," + server.url()));
            assertThat(registry.byId(1).getType().getName()).isEqualTo("string");
            assertThat(other.requests).hasSize(2);
            assertThat(server.requests).hasSize(2);
        }
    }

    @Test
    void waitsForNoAnswerLongerThanItIsTold() throws IOException {
        try (var silent = new ServerSocket(0)) {
            var registry = registry(Map.of(
                    "schema.registry.url",
                    "http://localhost:" + silent.getLocalPort(),
                    "http.read.timeout.ms",
                    100,
                    "max.retries",
                    1));
            assertThatThrownBy(() -> registry.byId(1))
                    .isInstanceOf(SchemaRegistryException.class)
                    .hasMessageContaining("request timed out");
        }
    }

    @Test
    void stopsWaitingWhenItIsInterrupted() {
        server.answers(500, "");
        var registry = registry(Map.of("retries.wait.ms", 60_000, "retries.max.wait.ms", 60_000));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> registry.byId(1))
                .isInstanceOf(SchemaRegistryException.class)
                .hasMessageStartingWith("Interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void saysThatNobodyAnswers() {
        server.close();
        assertThatThrownBy(() -> registry().byId(1))
                .isInstanceOf(SchemaRegistryException.class)
                .hasMessageContaining(server.url() + " does not answer")
                .hasMessageContaining("schema.registry.url");
    }

    @Test
    void showsItsCredentialToTheRegistryAndToNobodyElse() {
        server.answers(401, "{\"message\":\"Unauthorized\"}");
        var registry =
                registry(Map.of("basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", "me:hunter2"));
        assertThatThrownBy(() -> registry.byId(1))
                .isInstanceOf(SchemaRegistryException.class)
                .hasMessageContaining("does not let Muster in: it answered 401 \"Unauthorized\"")
                .hasMessageContaining("basic.auth.user.info")
                .message()
                .doesNotContain("hunter2");
        assertThat(server.authorizations).containsExactly("Basic bWU6aHVudGVyMg==");
        assertThat(registry.toString()).isEqualTo(server.url());
    }

    @Test
    void keepsTheCredentialOfTheAddressOutOfEveryMessage() {
        server.answers(500, "");
        var registry =
                registry(Map.of("schema.registry.url", server.url().replace("//", "//me:hunter2@"), "max.retries", 0));
        assertThatThrownBy(() -> registry.byId(1)).message().doesNotContain("hunter2");
        assertThat(server.authorizations).containsExactly("Basic bWU6aHVudGVyMg==");
    }

    @Test
    void readsNoEndlessAnswer() {
        server.answers(200, "x".repeat(5 * 1024 * 1024));
        assertThatThrownBy(() -> registry(Map.of("max.retries", 0)).byId(1))
                .isInstanceOf(SchemaRegistryException.class);
    }

    @Test
    void tellsWhetherASchemaWouldBeTaken() {
        server.answers(200, "{\"is_compatible\":false,\"messages\":[\"no default\"]}")
                .answers(404, "{}");
        var registry = registry();
        assertThat(registry.compatibility("s", Samples.colour(1)))
                .isEqualTo(new SchemaRegistry.Compatibility(false, java.util.List.of("no default")));
        assertThat(registry.compatibility("new", Samples.colour(1)).compatible())
                .isTrue();
        assertThat(server.requests.getFirst())
                .startsWith("POST /compatibility/subjects/s/versions?verbose=true {\"schema\":");
    }

    @Test
    void pingsOnce() {
        server.answers(500, "").answers(200, "[\"AVRO\"]");
        var registry = registry();
        assertThatThrownBy(registry::ping).isInstanceOf(SchemaRegistryException.class);
        registry.ping();
        assertThat(server.requests).containsExactly("GET /schemas/types", "GET /schemas/types");
    }
}
