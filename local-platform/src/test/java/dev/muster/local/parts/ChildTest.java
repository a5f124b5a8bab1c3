package dev.muster.local.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildTest {

    @TempDir
    private Path folder;

    @Test
    void getsNothingOfOurEnvironmentThatItDoesNotNeed() {
        var child = start("env", Map.of("MUSTER_TOKEN", "given"));
        child.ended().join();
        assertThat(child.tail(100))
                .contains("MUSTER_TOKEN=given")
                .allMatch(line -> Child.INHERITED.contains(line.split("=", 2)[0])
                        || line.startsWith("MUSTER_TOKEN")
                        || line.startsWith("PWD=")
                        || line.startsWith("OLDPWD=")
                        || line.startsWith("SHLVL=")
                        || line.startsWith("_="));
    }

    @Test
    void endsWhenItIsAsked() {
        var child = start("trap 'exit 0' TERM; echo up; while :; do sleep 0.05; done", Map.of());
        await().until(() -> child.tail(1).equals(List.of("up")));
        assertThat(child.stop(Duration.ofSeconds(10))).isTrue();
        assertThat(child.exitCode()).isZero();
    }

    @Test
    void isKilledWhenItDoesNotListen() {
        var child = start("trap '' TERM; echo up; while :; do sleep 0.05; done", Map.of());
        await().until(() -> child.tail(1).equals(List.of("up")));
        assertThat(child.stop(Duration.ofMillis(300))).isFalse();
        assertThat(child.alive()).isFalse();
    }

    @Test
    void standsStillWhileItIsPaused() {
        var child = start("while :; do echo x; sleep 0.02; done", Map.of());
        await().until(() -> !child.tail(1).isEmpty());
        child.pause();
        await().until(() -> {
            var before = Files.size(child.log());
            return await().pollDelay(Duration.ofMillis(150)).until(() -> Files.size(child.log()), _ -> true) == before;
        });
        var stood = size(child);
        child.resume();
        await().until(() -> size(child) > stood);
        child.kill();
    }

    @Test
    void tellsTheLastLinesOfThisRunOnly() {
        start("echo old", Map.of()).ended().join();
        var child = start("echo one; echo two; echo three", Map.of());
        child.ended().join();
        assertThat(child.tail(2)).containsExactly("two", "three");
        assertThat(child.tail(100)).doesNotContain("old");
    }

    @Test
    void isReportedWhenItCannotBeStarted() {
        var child = Child.start(Program.of("none", List.of("/no/such/program"), Map.of(), folder.resolve("none.log")));
        child.ended().join();
        assertThat(child.exitCode()).isNotZero();
        assertThat(StartFailure.said(child)).contains("/no/such/program");
    }

    @Test
    void findsThatAPortIsTaken() throws Exception {
        try (var socket = new java.net.ServerSocket(0)) {
            assertThat(Ports.free(socket.getLocalPort())).isFalse();
        }
        assertThat(Ports.free(Ports.anyFree())).isTrue();
    }

    private static long size(Child child) {
        try {
            return Files.size(child.log());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Child start(String script, Map<String, String> environment) {
        return Child.start(Program.of("child", List.of("sh", "-c", script), environment, folder.resolve("child.log")));
    }
}
