package dev.muster.ingest.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.engine.definition.DefinitionException;
import dev.muster.engine.library.Framework;
import dev.muster.ingest.source.SourceFolders;
import dev.muster.ingest.source.Sources;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class ConnectionsTest {

    private static final Sources SOURCES = sources();

    private final ApplicationContextRunner context = new ApplicationContextRunner()
            .withBean(Sources.class, () -> SOURCES)
            .withUserConfiguration(ConnectionConfiguration.class);

    private static Sources sources() {
        try {
            return SourceFolders.read(Framework.fromClassPath().facts(), null);
        } catch (IOException | DefinitionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void existsOnlyWithASecret() {
        context.withPropertyValues(
                        "muster.connections.ghe.source=github",
                        "muster.connections.ghe.secret=s3cret",
                        "muster.connections.github.source=github",
                        "muster.connections.github.secret=")
                .run(it -> {
                    var connections = it.getBean(Connections.class);
                    assertThat(connections.find("ghe"))
                            .get()
                            .extracting(one -> one.source().name())
                            .isEqualTo("github");
                    assertThat(connections.find("github")).isEmpty();
                    assertThat(connections.all()).hasSize(1);
                });
    }

    @Test
    void namesThePropertyThatIsWrong() {
        assertThatThrownBy(() -> Connections.of(Map.of("a", new ConnectionSettings("nothing", "s", null)), SOURCES))
                .hasMessage("muster.connections.a.source: no source definition is called 'nothing'");
        assertThatThrownBy(() -> Connections.of(Map.of("a", new ConnectionSettings(null, "s", null)), SOURCES))
                .hasMessage("muster.connections.a.source is missing");
        assertThatThrownBy(() -> Connections.of(Map.of("A b", new ConnectionSettings("github", "s", null)), SOURCES))
                .hasMessageStartingWith("muster.connections.A b: a name has");
    }

    @Test
    void stopsTheStartForAnUnknownProperty() {
        context.withPropertyValues("muster.connections.github.secrett=x")
                .run(it -> assertThat(it).getFailure().rootCause().hasMessageContaining("secrett"));
    }

    @Test
    void neverPrintsASecret() {
        assertThat(new ConnectionSettings("github", "hunter2", "hunter1"))
                .asString()
                .doesNotContain("hunter");
    }

    @Test
    void hasADecoyThatOpensForNobody() {
        var decoy = Connections.of(Map.of(), SOURCES).decoy();

        assertThat(decoy.isGenuine(_ -> List.of("sha256=" + "0".repeat(64)), new byte[0]))
                .isFalse();
        assertThat(decoy.isGenuine(_ -> List.of(), new byte[0])).isFalse();
    }
}
