package dev.muster.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.engine.definition.DefinitionException;
import dev.muster.engine.definition.Mistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceLibraryTest {

    @TempDir
    private Path folder;

    private Instant now = Instant.parse("2026-06-01T12:00:00Z");

    private static String definition(String name, String title) {
        return """
                apiVersion: muster.dev/v1
                kind: Source
                metadata: { name: %s, title: %s }
                spec: { authentication: [ { scheme: bearer } ], event: "'x'" }
                """.formatted(name, title);
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(folder.resolve(file));
        Files.writeString(folder.resolve(file).resolve("source.yaml"), text);
    }

    private void remove(String file) throws IOException {
        Files.delete(folder.resolve(file).resolve("source.yaml"));
    }

    private SourceLibrary open() throws IOException, DefinitionException {
        return SourceLibrary.open(Shipped.FACTS, folder, () -> now);
    }

    /// What a source in use is called.
    private static String title(SourceLibrary library, String name) {
        return library.find(name).orElseThrow().title();
    }

    @Test
    void putsAMountedFolderBeforeWhatShips() throws IOException, DefinitionException {
        write("scanner", definition("scanner", "A scanner"));
        write("mine", definition("github", "My GitHub"));

        var library = open();

        assertThat(library.all())
                .extracting(SourceDefinition::name)
                .contains("scanner", "github", "alertmanager")
                .isSorted();
        assertThat(title(library, "github")).isEqualTo("My GitHub");
        assertThat(library.mounted()).extracting(MountedSource::since).containsOnly(now);
    }

    @Test
    void stopsTheStartWithAllMistakesOfAllFiles() throws IOException {
        write("one", "kind: Sauce");
        write("two", "kind: Sauce");

        assertThatThrownBy(this::open)
                .isInstanceOf(DefinitionException.class)
                .hasMessageContaining("one/source.yaml:1:")
                .hasMessageContaining("two/source.yaml:1:");
    }

    @Test
    void doesNotTakeOneNameFromTwoFiles() throws IOException {
        write("one", definition("scanner", "One"));
        write("two", definition("scanner", "Two"));

        assertThatThrownBy(this::open)
                .hasMessageContaining("the name 'scanner' is that of")
                .hasMessageContaining("one/source.yaml");
    }

    @Test
    void readsWhatChangedAndNothingElse() throws IOException, DefinitionException {
        write("scanner", definition("scanner", "First"));
        write("other", definition("other", "Other"));
        var library = open();
        var other = library.find("other").orElseThrow();
        assertThat(library.reload().changed()).isEmpty();

        now = now.plusSeconds(60);
        write("scanner", definition("scanner", "Second"));

        assertThat(library.reload().changed()).singleElement().satisfies(file -> {
            assertThat(file.isRefused()).isFalse();
            assertThat(file.since()).isEqualTo(now);
        });
        assertThat(title(library, "scanner")).isEqualTo("Second");
        assertThat(library.find("other")).get().isSameAs(other);
        assertThat(library.reload().changed()).isEmpty();
    }

    @Test
    void keepsTheLastGoodVersionOfAFileWithAMistake() throws IOException, DefinitionException {
        write("scanner", definition("scanner", "Good"));
        var library = open();

        write("scanner", definition("scanner", "Bad").replace("bearer", "bearr"));
        assertThat(library.reload().changed())
                .singleElement()
                .satisfies(file -> assertThat(file.mistakes())
                        .extracting(Mistake::toString)
                        .anySatisfy(it -> assertThat(it)
                                .contains("source.yaml:4:")
                                .contains("unknown scheme 'bearr'; did you mean 'bearer'?")));
        assertThat(library.reload().changed()).as("told once").isEmpty();
        assertThat(title(library, "scanner")).isEqualTo("Good");
        assertThat(library.mounted()).singleElement().matches(MountedSource::isRefused);

        write("scanner", definition("scanner", "Better"));
        library.reload();
        assertThat(title(library, "scanner")).isEqualTo("Better");
        assertThat(library.mounted()).singleElement().matches(file -> !file.isRefused());
    }

    @Test
    void takesInWhatIsNewEvenWhenItWasWrongAtFirst() throws IOException, DefinitionException {
        var library = open();

        write("scanner", "kind: Sauce");
        library.reload();
        assertThat(library.find("scanner")).isEmpty();

        write("scanner", definition("scanner", "New"));
        library.reload();
        assertThat(library.find("scanner")).isPresent();
    }

    @Test
    void keepsWhatIsGoneUnlessSomethingElseHasItsName() throws IOException, DefinitionException {
        write("scanner", definition("scanner", "Mine"));
        write("github", definition("github", "My GitHub"));
        var library = open();

        remove("scanner");
        remove("github");
        assertThat(library.reload().changed()).hasSize(2);
        assertThat(title(library, "scanner")).isEqualTo("Mine");
        assertThat(title(library, "github")).isEqualTo("GitHub");
        assertThat(library.reload().changed()).as("told once").isEmpty();

        write("elsewhere", definition("scanner", "Moved"));
        library.reload();
        assertThat(title(library, "scanner")).isEqualTo("Moved");
    }

    @Test
    void keepsAllWhenTheFolderCannotBeRead() throws IOException, DefinitionException {
        write("scanner", definition("scanner", "Mine"));
        var library = open();
        remove("scanner");
        Files.delete(folder.resolve("scanner"));
        Files.delete(folder);

        assertThatThrownBy(library::reload).isInstanceOf(IOException.class);
        assertThat(library.find("scanner")).isPresent();
        Files.createDirectories(folder);
    }

    @Test
    void passesOverFoldersThatBeginWithADot() throws IOException, DefinitionException {
        write("..data", "kind: Sauce");

        assertThat(open().mounted()).isEmpty();
    }
}
