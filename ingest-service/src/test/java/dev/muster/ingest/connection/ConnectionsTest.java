package dev.muster.ingest.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.engine.definition.DefinitionException;
import dev.muster.engine.library.Framework;
import dev.muster.ingest.source.SourceDefinition;
import dev.muster.ingest.source.SourceFolders;
import dev.muster.ingest.source.SourceReader;
import dev.muster.ingest.source.Sources;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class ConnectionsTest {

    private static final Sources SOURCES = sources();

    private final ApplicationContextRunner context = new ApplicationContextRunner()
            .withBean(Sources.class, () -> SOURCES)
            .withUserConfiguration(ConnectionConfiguration.class);

    private static Sources sources() {
        try {
            return SourceFolders.shipped(Framework.fromClassPath().facts());
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
    void existsForEverySourceAsSoonAsItsVariableHoldsASecret() {
        context.withPropertyValues(
                        "MUSTER_SECRET_GITHUB=first",
                        "MUSTER_SECRET_GITHUB_PREVIOUS=second",
                        "MUSTER_SECRET_ALERTMANAGER=")
                .run(it -> {
                    var connections = it.getBean(Connections.class);
                    assertThat(connections.all()).extracting(Connection::name).containsExactly("github");
                });
    }

    @Test
    void readsTheSettingsOfAConnectionInPlaceOfItsVariable() {
        context.withPropertyValues("MUSTER_SECRET_GITHUB=first", "muster.connections.github.secret=")
                .run(it -> assertThat(it.getBean(Connections.class).all()).isEmpty());
        context.withPropertyValues("muster.connections.github.secret=without-a-source")
                .run(it ->
                        assertThat(it.getBean(Connections.class).find("github")).isPresent());
    }

    private static SourceDefinition hooks(String scheme) throws DefinitionException {
        return new SourceReader(Framework.fromClassPath().facts()).read("source.yaml", """
                apiVersion: muster.dev/v1
                kind: Source
                metadata: { name: hooks }
                spec: { authentication: [ %s ], event: "'x'" }
                """.formatted(scheme));
    }

    @Test
    void followsItsSourceAndKeepsWhatItHadWhenThereIsNone() throws DefinitionException {
        var current = new AtomicReference<Sources>(Sources.of(List.of(hooks("{ scheme: bearer }"))));
        var connections = Connections.of(Map.of("hooks", new ConnectionSettings(null, "s3cret", null)), new Sources() {
            @Override
            public Optional<SourceDefinition> find(String name) {
                return current.get().find(name);
            }

            @Override
            public Collection<SourceDefinition> all() {
                return current.get().all();
            }
        });
        var bearer = new Attempt(_ -> List.of("Bearer s3cret"), "", new byte[0], Instant.EPOCH);
        var plain = new Attempt(_ -> List.of("s3cret"), "", new byte[0], Instant.EPOCH);
        assertThat(connections.find("hooks").orElseThrow().verifier().isGenuine(bearer))
                .isTrue();

        current.set(Sources.of(List.of(hooks("{ scheme: header-token, header: X-Token }"))));
        assertThat(connections.find("hooks").orElseThrow().verifier().isGenuine(bearer))
                .isFalse();
        assertThat(connections.find("hooks").orElseThrow().verifier().isGenuine(plain))
                .isTrue();

        current.set(Sources.of(List.of()));
        assertThat(connections.find("hooks").orElseThrow().verifier().isGenuine(plain))
                .isTrue();

        current.set(Sources.of(List.of(hooks("{ scheme: standard-webhooks }"))));
        assertThat(connections.find("hooks").orElseThrow().verifier().isGenuine(plain))
                .as("its secret does not fit the new definition")
                .isTrue();
    }

    @Test
    void namesThePropertyThatIsWrong() throws DefinitionException {
        var standard = Sources.of(List.of(hooks("{ scheme: standard-webhooks }")));
        assertThatThrownBy(
                        () -> Connections.of(Map.of("hooks", new ConnectionSettings(null, "hunter2", null)), standard))
                .hasMessageStartingWith(
                        "muster.connections.hooks.secret (or MUSTER_SECRET_HOOKS) is not written as its source needs it")
                .hasMessageNotContaining("hunter2");
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

        for (var proofs : List.of(List.of("sha256=" + "0".repeat(64)), List.<String>of())) {
            assertThat(decoy.isGenuine(new Attempt(_ -> proofs, "", new byte[0], Instant.EPOCH)))
                    .isFalse();
        }
    }
}
