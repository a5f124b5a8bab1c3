package dev.muster.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {

    @TempDir
    private Path folder;

    @Test
    void areMadeOnceForTheOwnerOnly() throws Exception {
        var file = folder.resolve("secrets.env");
        var made = Secrets.in(file);
        assertThat(made.get(Secrets.TOKEN)).hasSizeGreaterThanOrEqualTo(32).isNotEqualTo(made.get(Secrets.GITHUB));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Secrets.in(file)).isEqualTo(made);
    }

    @Test
    void keepWhatTheUserWroteAndGainWhatIsMissing() throws Exception {
        var file = folder.resolve("secrets.env");
        Files.writeString(file, "# mine\nMUSTER_TOKEN=chosen\nMUSTER_SECRET_SONAR=other\n");
        var secrets = Secrets.in(file);
        assertThat(secrets.get(Secrets.TOKEN)).isEqualTo("chosen");
        assertThat(secrets.get(Secrets.DATABASE)).isNotBlank();
        assertThat(Files.readString(file))
                .startsWith("# mine")
                .contains("MUSTER_SECRET_SONAR=other", "MUSTER_SECRET_GITHUB=");
    }

    @Test
    void arePrintedByNameOnly() throws Exception {
        var secrets = Secrets.in(folder.resolve("secrets.env"));
        assertThat(secrets.toString()).contains(Secrets.TOKEN).doesNotContain(secrets.get(Secrets.TOKEN));
    }
}
