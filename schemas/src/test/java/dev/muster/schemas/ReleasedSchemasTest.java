package dev.muster.schemas;

import static org.apache.avro.SchemaCompatibility.SchemaCompatibilityType.COMPATIBLE;
import static org.apache.avro.SchemaCompatibility.checkReaderWriterCompatibility;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The schemas of every release are kept as files, one folder a release, and none may ever part from another.
///
/// `mvn -pl schemas test -Dtest=ReleasedSchemasTest -Dmuster.freeze=0.2.0` writes the folder of a release that is being
/// made. The folders of releases that are out never change.
class ReleasedSchemasTest {

    private static final Path RELEASED = Path.of("released");

    static Stream<Topic<?, ?>> topics() {
        return new Topics(AvroSerdes.from(Map.of("schema.registry.url", "mock://released"))).all().stream();
    }

    @BeforeAll
    static void freezeWhenTold() throws IOException {
        var version = System.getProperty("muster.freeze");
        if (version != null) {
            var folder = Files.createDirectories(RELEASED.resolve(version));
            for (var topic : topics().toList()) {
                Files.writeString(
                        folder.resolve(topic.name() + ".avsc"), current(topic).toString(true) + "\n");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("topics")
    void allReleasesReadEachOther(Topic<?, ?> topic) throws IOException {
        var versions = new ArrayList<Schema>();
        for (var release : releases()) {
            var file = release.resolve(topic.name() + ".avsc");
            if (Files.exists(file)) {
                versions.add(new Schema.Parser().parse(Files.readString(file)));
            }
        }
        versions.add(current(topic));
        for (var reader : versions) {
            for (var writer : versions) {
                assertThat(checkReaderWriterCompatibility(reader, writer))
                        .satisfies(it ->
                                assertThat(it.getType()).as(it.getDescription()).isEqualTo(COMPATIBLE));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("topics")
    void theNewestReleaseIsWhatTheCodeHas(Topic<?, ?> topic) throws IOException {
        var freeze = System.getProperty("muster.freeze");
        if (freeze != null) {
            var folder = Files.createDirectories(RELEASED.resolve(freeze));
            Files.writeString(
                    folder.resolve(topic.name() + ".avsc"), current(topic).toString(true) + "\n");
        }
        var file = releases().getLast().resolve(topic.name() + ".avsc");
        assertThat(file).as("freeze it with -Dmuster.freeze=VERSION").exists();
        assertThat(Files.readString(file).strip())
                .as("%s is not the schema of the code: freeze it with -Dmuster.freeze=VERSION", file)
                .isEqualTo(current(topic).toString(true));
    }

    @Test
    void keepsNoSchemaOfATopicThatIsNotThere() throws IOException {
        var names = topics().map(topic -> topic.name() + ".avsc").toList();
        try (var files = Files.list(releases().getLast())) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrderElementsOf(names);
        }
    }

    private static Schema current(Topic<?, ?> topic) {
        return SpecificData.get().getSchema(topic.type());
    }

    /// Of a release such as 0.10.2.
    private static int[] numbers(Path folder) {
        return Stream.of(folder.getFileName().toString().split("\\."))
                .mapToInt(Integer::parseInt)
                .toArray();
    }

    private static List<Path> releases() throws IOException {
        try (var folders = Files.list(RELEASED)) {
            return folders.filter(Files::isDirectory)
                    .sorted(Comparator.comparing(ReleasedSchemasTest::numbers, Arrays::compare))
                    .toList();
        }
    }
}
