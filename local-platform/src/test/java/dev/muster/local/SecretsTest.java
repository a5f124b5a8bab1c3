package dev.muster.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {

    @TempDir
    private Path folder;

    @Test
    void areMadeOnceForTheOwnerOnly() throws Exception {
        var file = folder.resolve("secrets.env");
        var made = Secrets.in(file, Map.of());
        assertThat(made.get(Secrets.TOKEN)).hasSizeGreaterThanOrEqualTo(32).isNotEqualTo(made.get(Secrets.GITHUB));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Secrets.in(file, Map.of())).isEqualTo(made);
    }

    @Test
    void keepWhatTheUserWroteAndGainWhatIsMissing() throws Exception {
        var file = folder.resolve("secrets.env");
        Files.writeString(file, "# mine\nMUSTER_TOKEN=chosen\nMUSTER_SECRET_SONAR=other\n");
        var secrets = Secrets.in(file, Map.of());
        assertThat(secrets.get(Secrets.TOKEN)).isEqualTo("chosen");
        assertThat(secrets.get(Secrets.DATABASE)).isNotBlank();
        assertThat(Files.readString(file))
                .startsWith("# mine")
                .contains("MUSTER_SECRET_SONAR=other", "MUSTER_SECRET_GITHUB=");
    }

    @Test
    void arePrintedByNameOnly() throws Exception {
        var secrets = Secrets.in(folder.resolve("secrets.env"), Map.of());
        assertThat(secrets.toString()).contains(Secrets.TOKEN).doesNotContain(secrets.get(Secrets.TOKEN));
    }

    @Test
    void areOfTheFormThatEachSourceNeeds() throws Exception {
        var jar = folder.resolve("ingest.jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (var source : Map.of("argo-cd", "scheme: bearer", "gitlab", "- scheme: standard-webhooks")
                    .entrySet()) {
                out.putNextEntry(new JarEntry("BOOT-INF/classes/sources/" + source.getKey() + "/source.yaml"));
                out.write(source.getValue().getBytes(UTF_8));
            }
            out.putNextEntry(new JarEntry("BOOT-INF/classes/sources/argo-cd/examples/a.yaml"));
        }
        var file = folder.resolve("secrets.env");
        Files.writeString(file, "MUSTER_SECRET_OWN=of-a-source-of-my-own\n");

        var secrets = Secrets.in(file, ShippedSources.secretsOf(jar));

        assertThat(secrets.webhooks())
                .containsOnlyKeys(
                        "MUSTER_SECRET_GITHUB",
                        "MUSTER_SECRET_ALERTMANAGER",
                        "MUSTER_SECRET_ARGO_CD",
                        "MUSTER_SECRET_GITLAB",
                        "MUSTER_SECRET_OWN");
        assertThat(secrets.get("MUSTER_SECRET_ARGO_CD")).matches("[A-Za-z0-9_-]{32}");
        assertThat(secrets.get("MUSTER_SECRET_GITLAB")).startsWith("whsec_");
        assertThat(Base64.getDecoder()
                        .decode(secrets.get("MUSTER_SECRET_GITLAB").substring(6)))
                .hasSize(32);
        assertThat(Secrets.in(file, ShippedSources.secretsOf(jar))).isEqualTo(secrets);
    }
}
