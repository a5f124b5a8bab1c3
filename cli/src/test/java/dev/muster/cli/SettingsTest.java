package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

    @TempDir
    private Path data;

    @Test
    void haveTheseDefaults() {
        var settings = Settings.from(Map.of("MUSTER_DATA", data.toString()));
        assertThat(settings.portal()).isEqualTo(URI.create("http://localhost:8080"));
        assertThat(settings.ingest()).isEqualTo(URI.create("http://localhost:8090"));
        assertThat(settings.token()).isEmpty();
    }

    @Test
    void readEveryVariable() throws Exception {
        Files.writeString(data.resolve("secrets.env"), "# made\nMUSTER_TOKEN=stored\nMUSTER_SECRET_GITHUB=hook\n");
        var settings = Settings.from(Map.of(
                "MUSTER_URL",
                "https://muster.acme.example/",
                "MUSTER_INGEST_URL",
                "https://in.acme.example",
                "MUSTER_DATA",
                data.toString()));
        assertThat(settings.portal()).isEqualTo(URI.create("https://muster.acme.example"));
        assertThat(settings.ingest()).isEqualTo(URI.create("https://in.acme.example"));
        assertThat(settings.token()).contains("stored");
        assertThat(settings.secretOf("github")).isEqualTo("hook");
        assertThat(Settings.from(Map.of("MUSTER_DATA", data.toString(), "MUSTER_TOKEN", "given"))
                        .token())
                .contains("given");
    }

    @Test
    void findIngestBesideAPortalOnAnotherPort() {
        assertThat(Settings.from(Map.of("MUSTER_URL", "http://localhost:8180")).ingest())
                .isEqualTo(URI.create("http://localhost:8190"));
    }

    @Test
    void nameTheVariableThatIsWrong() {
        assertThatThrownBy(() -> Settings.from(Map.of("MUSTER_URL", "localhost:8080")))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("MUSTER_URL is 'localhost:8080'");
        assertThatThrownBy(() ->
                        Settings.from(Map.of("MUSTER_DATA", data.toString())).secretOf("github"))
                .hasMessageContaining("MUSTER_SECRET_GITHUB");
    }

    @Test
    void neverPrintASecret() {
        var settings = Settings.from(Map.of("MUSTER_TOKEN", "hidden", "MUSTER_DATA", data.toString()));
        assertThat(settings.toString()).contains("MUSTER_TOKEN").doesNotContain("hidden");
    }
}
