package dev.muster.ingest.journal;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolCrashTest {

    private static final int ROUNDS = 3;

    @TempDir
    private Path folder;

    @Test
    void hasEveryRecordThatAKilledProcessSaidWasDurable() throws Exception {
        var acknowledged = new ArrayList<String>();
        for (var round = 0; round < ROUNDS; round++) {
            acknowledged.addAll(killedAfter(200 + 57 * round, "round" + round));
        }

        try (var spool = Spool.open(folder, 1 << 28, 20_000)) {
            var kept = SpoolTest.drained(spool);

            assertThat(acknowledged).hasSizeGreaterThan(ROUNDS * 200);
            assertThat(kept).containsAll(acknowledged).doesNotHaveDuplicates();
            assertThat(kept.stream().filter(it -> it.startsWith("round1.2.")).toList())
                    .as("in the order in which one thread put them in")
                    .isSortedAccordingTo((a, b) -> number(a) - number(b));
        }
    }

    private static int number(String text) {
        return Integer.parseInt(text.substring(text.lastIndexOf('.') + 1));
    }

    /// What a process said before SIGKILL ended it.
    private List<String> killedAfter(int records, String name) throws IOException, InterruptedException {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AppendingForEver.class.getName(),
                        folder.toString(),
                        name)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var said = new ArrayList<String>();
        try (BufferedReader out = process.inputReader()) {
            while (said.size() < records) {
                said.add(requireNonNull(out.readLine(), "the process ended by itself"));
            }
            process.toHandle().destroyForcibly(); // which leaves open what is still to be read
            for (var line = out.readLine(); line != null; line = out.readLine()) {
                said.add(line);
            }
        }
        process.waitFor();
        if (!said.getLast().matches("round\\d\\.\\d\\.\\d+")) {
            said.removeLast(); // it was killed within a word
        }
        return said;
    }
}
