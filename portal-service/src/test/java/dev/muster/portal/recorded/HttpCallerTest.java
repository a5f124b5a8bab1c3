package dev.muster.portal.recorded;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real connections to a real Tomcat.
class HttpCallerTest {

    @TempDir
    private Path folder;

    private final Tomcat tomcat = new Tomcat();
    private final CompletableFuture<Integer> checks = new CompletableFuture<>();

    @BeforeEach
    void start() throws LifecycleException {
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(0);
        var context = tomcat.addContext("", null);
        Tomcat.addServlet(context, "busy", new HttpServlet() {
            @Override
            protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
                var many = Integer.parseInt(request.getParameter("checks"));
                var caller = new HttpCaller(request, response);
                try {
                    for (var i = 0; i < many; i++) {
                        caller.check();
                    }
                    checks.complete(many);
                    response.getWriter().print("done");
                } catch (IOException e) {
                    checks.completeExceptionally(e);
                    throw e;
                }
            }
        });
        context.addServletMappingDecoded("/", "busy");
        tomcat.start();
        tomcat.getConnector();
    }

    @AfterEach
    void stop() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }

    @Test
    void aClientPassesOverWhatItIsTold() throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var answer = client.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + port() + "/?checks=3"))
                            .version(HttpClient.Version.HTTP_1_1)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("done");
        }
    }

    @Test
    void aClientThatIsGoneIsNoticed() throws Exception {
        try (var socket = new Socket("localhost", port())) {
            socket.getOutputStream().write(request("HTTP/1.1"));
            var line = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII)).readLine();
            assertThat(line).startsWith("HTTP/1.1 103");
        }

        assertThatThrownBy(() -> checks.get(60, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("went away");
    }

    @Test
    void anOldClientIsToldNothingItDoesNotKnow() throws Exception {
        try (var socket = new Socket("localhost", port())) {
            socket.getOutputStream().write(request("HTTP/1.0"));
            var line = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII)).readLine();

            assertThat(line).isEqualTo("HTTP/1.1 200 ");
        }
    }

    private int port() {
        return tomcat.getConnector().getLocalPort();
    }

    private static byte[] request(String version) {
        return "GET /?checks=5000000 %s\r\nHost: localhost\r\n\r\n"
                .formatted(version)
                .getBytes(US_ASCII);
    }
}
