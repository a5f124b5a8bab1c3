package dev.muster.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.local.parts.Child;
import dev.muster.local.parts.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFilesTest {

    @TempDir
    private Path folder;

    private Child child;
    private PidFiles files;

    @BeforeEach
    void start() throws Exception {
        child = Child.start(Program.of("sleeper", List.of("sleep", "60"), Map.of(), folder.resolve("sleeper.log")));
        files = new PidFiles(folder.resolve("run"));
    }

    @AfterEach
    void end() {
        child.kill();
    }

    @Test
    void findAndEndWhatAnEarlierRunLeftBehind() throws Exception {
        files.write(child);
        var leftovers = new PidFiles(folder.resolve("run")).leftovers();
        assertThat(leftovers).extracting(PidFiles.Leftover::name).containsExactly("sleeper");
        files.end(leftovers, Duration.ofSeconds(5));
        assertThat(child.alive()).isFalse();
        assertThat(folder.resolve("run")).isEmptyDirectory();
    }

    @Test
    void leaveAloneAStrangerWhoGotTheSameProcessId() throws Exception {
        Files.writeString(folder.resolve("run/sleeper.pid"), child.pid() + " 1000\n");
        assertThat(files.leftovers()).isEmpty();
        assertThat(child.alive()).isTrue();
        assertThat(folder.resolve("run")).isEmptyDirectory();
    }

    @Test
    void areIgnoredWhenTheyAreBroken() throws Exception {
        Files.writeString(folder.resolve("run/odd.pid"), "not a number\n");
        assertThat(files.leftovers()).isEmpty();
    }
}
