package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleTest {

    @TempDir
    private Path folder;

    @Test
    void remembersWhereEachLineCameFrom() throws Exception {
        Files.writeString(
                folder.resolve("a.yaml"),
                "# two\napiVersion: v1\nkind: Group\n---\napiVersion: v1\nkind: Component\nbad: x\n");
        Files.writeString(folder.resolve("b.yml"), "apiVersion: v1\nkind: System\n");
        var documents = Document.in(folder);
        assertThat(documents).extracting(Document::kind).containsExactly("Group", "Component", "System");

        var bundle = Bundle.of(documents);
        var lines = bundle.text().lines().toList();
        assertThat(bundle.origin(lines.indexOf("bad: x") + 1)).hasToString(folder.resolve("a.yaml") + ":7");
        assertThat(bundle.origin(lines.indexOf("kind: System") + 1)).hasToString(folder.resolve("b.yml") + ":2");
        assertThat(bundle.origin(1_000)).hasToString(folder.resolve("b.yml") + ":2");
        assertThat(lines.stream().filter("---"::equals)).hasSize(3);
    }

    @Test
    void passesOverWhatAFolderHoldsBesides() throws Exception {
        Files.writeString(folder.resolve("values.yaml"), "replicas: 3\n");
        Files.writeString(folder.resolve("notes.txt"), "kind: Component\n");
        Files.createDirectories(folder.resolve("deliveries"));
        Files.writeString(folder.resolve("deliveries/push.json"), "{}");
        assertThat(Document.in(folder)).isEmpty();
        assertThat(Document.in(folder.resolve("values.yaml"))).hasSize(1);
    }

    @Test
    void readsJson() throws Exception {
        Files.writeString(folder.resolve("c.json"), "{\n  \"apiVersion\": \"v1\",\n  \"kind\": \"Component\"\n}\n");
        assertThat(Document.in(folder)).extracting(Document::kind).containsExactly("Component");
    }

    @Test
    void tellsAScorecardFromTheCatalogue() throws Exception {
        Files.writeString(folder.resolve("s.yaml"), "apiVersion: muster.dev/v1\nkind: Scorecard\n");
        assertThat(Document.in(folder)).allMatch(Document::scorecard);
    }

    @Test
    void refusesWhatIsNotThere() {
        assertThatThrownBy(() -> Document.in(folder.resolve("none.yaml")))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("there is no file or folder");
    }
}
