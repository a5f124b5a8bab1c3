package dev.muster.local.parts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchivesTest {

    @TempDir
    private Path checkouts;

    @Test
    void areUsedWhereTheyWereWritten() throws IOException {
        var writing = new ClassArchives(checkouts.resolve("here"), true);
        var written = archive(writing.options("kafka"));
        Files.createFile(written);

        assertThat(writing.asTheyAre().options("kafka")).containsExactly("-XX:SharedArchiveFile=" + written);
        assertThat(writing.asTheyAre().options("registry")).isEmpty();
    }

    @Test
    void givePlaceToWhatATrainingRunLeft() throws IOException {
        var archives = new ClassArchives(checkouts.resolve("here"), true);
        archive(archives.options("portal-1"));
        var trained = Files.createFile(archives.trained("portal-1"));

        assertThat(archives.options("portal-1")).containsExactly("-XX:AOTCache=" + trained);
        assertThat(archives.options("portal-2")).hasSize(2).noneMatch(it -> it.contains("AOT"));
        assertThat(new ClassArchives(checkouts.resolve("there"), false).options("portal-1"))
                .isEmpty();
    }

    @Test
    void areNotUsedByACheckoutThatWasMovedWithThem() throws IOException {
        var here = checkouts.resolve("here");
        var there = checkouts.resolve("there");
        var written = archive(new ClassArchives(here, true).options("kafka"));
        Files.createFile(written);
        Files.move(here, there);

        assertThat(new ClassArchives(there, false).options("kafka")).isEmpty();
        var own = archive(new ClassArchives(there, true).options("kafka"));
        assertThat(own.getParent()).isEqualTo(there);
        assertThat(own).doesNotExist();
    }

    private static Path archive(List<String> options) {
        return options.stream()
                .filter(it -> it.startsWith("-XX:SharedArchiveFile="))
                .map(it -> Path.of(it.substring("-XX:SharedArchiveFile=".length())))
                .findFirst()
                .orElseThrow();
    }
}
