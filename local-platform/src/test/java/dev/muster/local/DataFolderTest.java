package dev.muster.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.local.parts.StartFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    @TempDir
    private Path parent;

    @Test
    void isUsedByOnePlatformAtATime() throws Exception {
        var folder = parent.resolve("data");
        try (var _ = DataFolder.take(folder)) {
            assertThatThrownBy(() -> DataFolder.take(folder))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining(folder.toString())
                    .hasMessageContaining(Long.toString(ProcessHandle.current().pid()))
                    .hasMessageContaining("--data");
        }
        DataFolder.take(folder).close();
    }

    @Test
    void keepsTheLogsOfTheRunBefore() throws Exception {
        try (var data = DataFolder.take(parent.resolve("data"))) {
            data.turnLogs();
            Files.writeString(data.log("ingest"), "before");
            data.turnLogs();
            assertThat(data.log("ingest")).doesNotExist();
            assertThat(data.log("ingest").resolveSibling("ingest.log.1")).hasContent("before");
        }
    }
}
