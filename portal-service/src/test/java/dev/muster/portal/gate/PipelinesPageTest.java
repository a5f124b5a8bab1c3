package dev.muster.portal.gate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Runs the scripts of `docs/pipelines.md` as runners run them, with `bash -e`. Skipped where a program
/// that they call is missing.
class PipelinesPageTest {

    private static final Pattern SCRIPT = Pattern.compile("^ *status=.*?^ *esac$", Pattern.DOTALL | Pattern.MULTILINE);

    @TempDir
    Path directory;

    @BeforeAll
    static void needsPrograms() {
        for (var program : List.of("bash", "curl", "jq")) {
            assumeTrue(
                    Stream.of(System.getenv("PATH").split(File.pathSeparator))
                            .anyMatch(it -> Files.isExecutable(Path.of(it, program))),
                    program + " is not installed");
        }
    }

    static List<String> scripts() throws IOException {
        return SCRIPT.matcher(Files.readString(Path.of("..", "docs", "pipelines.md")))
                .results()
                .map(it -> it.group().stripIndent())
                .toList();
    }

    @Test
    void areTwo() throws IOException {
        assertThat(scripts()).hasSize(2);
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void goOnWhenTheLevelIsReached(String script) throws Exception {
        var run = run(script, 200, "{}");

        assertThat(run.output()).isEqualTo("Silver is reached\n");
        assertThat(run.exit()).isZero();
        assertThat(run.asked())
                .isEqualTo("Bearer a-viewer /api/v1/gate/component:default/payments/production-readiness?level=silver");
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void stopAndNameTheRulesThatAreInTheWay(String script) throws Exception {
        var run = run(script, 409, """
                {"rules":[{"title":"A runbook exists","outcome":"FAIL","message":"it does not"}]}""");

        assertThat(run.output()).contains("FAIL", "A runbook exists", "it does not");
        assertThat(run.exit()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void stopAndSayWhatMusterAnswersElse(String script) throws Exception {
        var run = run(script, 500, "{\"title\":\"Something broke\"}");

        assertThat(run.output()).contains("Muster answered 500", "Something broke");
        assertThat(run.exit()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void stopAndSayThatNobodyAnswers(String script) throws Exception {
        var run = run(script, "http://127.0.0.1:1", new AtomicReference<>());

        assertThat(run.output()).contains("Muster cannot be reached");
        assertThat(run.exit()).isEqualTo(1);
    }

    private Run run(String script, int status, String body) throws Exception {
        var asked = new AtomicReference<String>();
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.set(exchange.getRequestHeaders().getFirst("Authorization") + " " + exchange.getRequestURI());
            var bytes = body.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        try {
            return run(script, "http://127.0.0.1:" + server.getAddress().getPort(), asked);
        } finally {
            server.stop(0);
        }
    }

    private Run run(String script, String url, AtomicReference<String> asked) throws Exception {
        // So that curl does not try for seven seconds what is answered by 500 each time.
        Files.writeString(directory.resolve(".curlrc"), "retry-max-time = 1\n");
        var output = directory.resolve("output").toFile();
        var builder = new ProcessBuilder("bash", "-e", "-c", script)
                .directory(directory.toFile())
                .redirectOutput(output)
                .redirectError(directory.resolve("errors").toFile());
        builder.environment().put("CURL_HOME", directory.toString());
        builder.environment().put("MUSTER_URL", url);
        builder.environment().put("MUSTER_TOKEN", "a-viewer");
        builder.environment()
                .keySet()
                .removeIf(it -> it.toLowerCase(Locale.ROOT).endsWith("_proxy"));
        int exit = builder.start().waitFor();
        return new Run(exit, Files.readString(output.toPath()), String.valueOf(asked.get()));
    }

    /// What came of a script.
    ///
    /// @param asked token and address that the server was asked with
    private record Run(int exit, String output, String asked) {}
}
