package dev.muster.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.local.parts.Parts;
import dev.muster.local.parts.Postgres;
import dev.muster.local.parts.StartFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServicesTest {

    @TempDir
    private Path checkout;

    @Test
    void tellsEachServiceItsPortsAndAddresses() throws Exception {
        buildJars();
        try (var data = DataFolder.take(checkout.resolve(".muster"))) {
            var rows = services(data, Map.of()).rows();
            assertThat(rows)
                    .extracting(row -> row.service().name())
                    .containsExactly("ingest", "evaluator", "notifier", "portal");
            assertThat(environment(rows, "ingest"))
                    .containsEntry("SERVER_PORT", "8190")
                    .containsEntry("MANAGEMENT_SERVER_PORT", "9190")
                    .containsEntry("SPRING_KAFKA_BOOTSTRAP_SERVERS", "localhost:19192")
                    .containsEntry(
                            "SPRING_KAFKA_PROPERTIES_SCHEMA_REGISTRY_URL", "http://localhost:18181/apis/ccompat/v7")
                    .containsKey("MUSTER_SECRET_GITHUB")
                    .doesNotContainKey("SPRING_DATASOURCE_URL");
            assertThat(environment(rows, "notifier"))
                    .containsEntry("SPRING_DATASOURCE_URL", "jdbc:postgresql://localhost:15532/muster_notifier")
                    .containsEntry("SPRING_MAIL_PORT", "13125");
            assertThat(environment(rows, "portal"))
                    .doesNotContainKey("MUSTER_SECRET_GITHUB")
                    .containsEntry("MUSTER_PORTAL_ACTING_INGEST", "http://127.0.0.1:8190")
                    .containsEntry("MUSTER_PORTAL_ACTING_NOTIFIER", "http://127.0.0.1:8192")
                    .containsEntry(
                            "MUSTER_ACTING_TOKEN", environment(rows, "ingest").get("MUSTER_ACTING_TOKEN"))
                    .containsEntry("SPRING_DATASOURCE_URL", "jdbc:postgresql://localhost:15532/muster_portal");
            assertThat(environment(rows, "evaluator").get("MUSTER_STATE_DIR")).endsWith("/.muster/state");
            assertThat(environment(rows, "ingest").get("MUSTER_INGEST_SPOOL_FOLDER"))
                    .endsWith("/.muster/spool");
        }
    }

    @Test
    void letsTheUserSetWhatIsNotAnAddress() throws Exception {
        buildJars();
        var user = Map.of(
                "MUSTER_NOTIFIER_GROUPWAIT",
                "1s",
                "MUSTER_TOKEN",
                "mine",
                "MUSTER_BIND_ADDRESS",
                "0.0.0.0",
                "SPRING_KAFKA_BOOTSTRAP_SERVERS",
                "elsewhere:1",
                "SERVER_PORT",
                "1",
                "AWS_SECRET_ACCESS_KEY",
                "private");
        try (var data = DataFolder.take(checkout.resolve(".muster"))) {
            assertThat(environment(services(data, user).rows(), "portal"))
                    .containsEntry("MUSTER_PORTAL_ACTING_INGEST", "http://127.0.0.1:8190");
            assertThat(environment(services(data, user).rows(), "notifier"))
                    .containsEntry("MUSTER_NOTIFIER_GROUPWAIT", "1s")
                    .containsEntry("MUSTER_TOKEN", "mine")
                    .containsEntry("SPRING_KAFKA_BOOTSTRAP_SERVERS", "localhost:19192")
                    .containsEntry("SERVER_PORT", "8192")
                    .containsEntry("SERVER_ADDRESS", "0.0.0.0")
                    .containsEntry("MANAGEMENT_SERVER_ADDRESS", "127.0.0.1")
                    .doesNotContainKey("AWS_SECRET_ACCESS_KEY");
        }
    }

    @Test
    void hasAnApproverUnlessTheUserNamesCallers() throws Exception {
        buildJars();
        try (var data = DataFolder.take(checkout.resolve(".muster"))) {
            assertThat(environment(services(data, Map.of()).rows(), "ingest"))
                    .containsEntry("MUSTER_TOKENS_0_NAME", "approver")
                    .hasEntrySatisfying(
                            "MUSTER_TOKENS_0_SHA256",
                            digest -> assertThat(digest).matches("[0-9a-f]{64}"));
            assertThat(environment(
                            services(data, Map.of("MUSTER_TOKENS_0_NAME", "mona"))
                                    .rows(),
                            "ingest"))
                    .containsEntry("MUSTER_TOKENS_0_NAME", "mona")
                    .doesNotContainKey("MUSTER_TOKENS_0_DUTIES");
        }
    }

    @Test
    void standsInForSlackUnlessTheUserHasOne() throws Exception {
        buildJars();
        try (var data = DataFolder.take(checkout.resolve(".muster"))) {
            assertThat(environment(services(data, Map.of()).rows(), "notifier"))
                    .containsEntry("MUSTER_NOTIFIER_SLACK_APIURL", "http://localhost:18125/slack/api/")
                    .containsEntry("MUSTER_NOTIFIER_DESTINATIONS_PAYMENTS_CHANNEL", "#payments");
            var own = Map.of("MUSTER_NOTIFIER_DESTINATIONS_MINE_TYPE", "slack-webhook");
            assertThat(environment(services(data, own).rows(), "notifier"))
                    .containsKey("MUSTER_NOTIFIER_DESTINATIONS_MINE_TYPE")
                    .doesNotContainKeys("MUSTER_NOTIFIER_SLACK_APIURL", "MUSTER_NOTIFIER_DESTINATIONS_PAYMENTS_TYPE");
        }
    }

    @Test
    void saysWhichJarIsNotBuilt() throws Exception {
        try (var data = DataFolder.take(checkout.resolve(".muster"))) {
            assertThatThrownBy(() -> services(data, Map.of()).rows())
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("the jar of the ingest is not built");
        }
    }

    private Services services(DataFolder data, Map<String, String> user) throws Exception {
        var parts = new Parts(checkout.resolve("local-platform/target/parts"));
        var ports = new PortPlan(100);
        var postgres = new Postgres(
                parts, data.of("postgres"), data.log("postgres"), ports.postgres(), "password", List.of(), true);
        return new Services(parts, data, ports, Secrets.in(data.of("secrets.env"), Map.of()), postgres, user);
    }

    private static Map<String, String> environment(List<Services.Row> rows, String name) {
        return rows.stream()
                .filter(row -> row.service().name().equals(name))
                .findFirst()
                .orElseThrow()
                .service()
                .environment();
    }

    private void buildJars() throws Exception {
        for (var name : List.of("ingest", "evaluator", "notifier", "portal")) {
            var target = Files.createDirectories(checkout.resolve(name + "-service/target"));
            Files.createFile(target.resolve(name + "-service-1-exec.jar"));
        }
    }
}
