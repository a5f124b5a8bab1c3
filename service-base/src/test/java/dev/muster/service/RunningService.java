package dev.muster.service;

import dev.muster.sample.Sample;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/// The sample service, started on free ports.
final class RunningService implements AutoCloseable {

    private final ConfigurableApplicationContext context;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private RunningService(Map<String, String> properties) {
        var all = new LinkedHashMap<String, Object>(Map.of(
                "server.port", "0",
                "spring.application.name", "sample",
                "spring.kafka.bootstrap-servers", "localhost:1",
                "spring.kafka.properties.schema.registry.url", "mock://sample",
                "logging.level.org.apache.kafka", "off"));
        all.putAll(properties);
        var arguments = all.entrySet().stream()
                .map(entry -> "--" + entry.getKey() + "=" + entry.getValue())
                .toArray(String[]::new);
        context = new SpringApplicationBuilder(Sample.class).run(arguments);
    }

    /// Without a broker.
    static RunningService alone(Map<String, String> properties) {
        var all = new LinkedHashMap<String, String>();
        all.put("muster.topics.check-at-start", "false");
        all.putAll(properties);
        return new RunningService(all);
    }

    static RunningService with(Map<String, String> properties) {
        return new RunningService(properties);
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    String property(String name) {
        return context.getEnvironment().getProperty(name, "");
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + property("local.server.port") + path));
    }

    HttpResponse<String> get(String path, String... headers) {
        return send(headers(to(path), headers));
    }

    HttpResponse<String> post(String path, String contentType, String body, String... headers) {
        return send(
                headers(to(path), headers).header("Content-Type", contentType).POST(BodyPublishers.ofString(body)));
    }

    /// Without saying how long it is.
    HttpResponse<String> postChunked(String path, byte[] body) {
        return send(to(path).header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));
    }

    HttpResponse<String> management(String path) {
        return send(HttpRequest.newBuilder(URI.create("http://localhost:" + property("local.management.port") + path)));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static HttpRequest.Builder headers(HttpRequest.Builder request, String... headers) {
        return headers.length == 0 ? request : request.headers(headers);
    }

    @Override
    public void close() {
        client.close();
        context.close();
    }
}
