package dev.muster.portal;

import dev.muster.schemas.CloudEventHeaders;
import dev.muster.schemas.Topic;
import dev.muster.schemas.Topics;
import dev.muster.testkit.TestBroker;
import dev.muster.testkit.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A running portal, and what tools and services would tell it.
public final class Portal implements AutoCloseable {

    /// Lists of the API that everybody may read, below `/api/v1/`.
    public static final List<String> LISTS = List.of(
            "entities",
            "scorecards",
            "initiatives",
            "transitions",
            "subjects",
            "deliveries",
            "dead-letters",
            "receipts",
            "failing",
            "exemptions",
            "connections");

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static {
        // Two cores for a broker, a database, a browser and the portal; what is right is seen much earlier.
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    }

    private static final class Shared {
        static final Portal PORTAL =
                start(TestBroker.shared(), TestPostgres.shared().newDatabase(), Map.of());
    }

    private final ConfigurableApplicationContext application;
    private final KafkaProducer<byte[], byte[]> producer;
    private final HttpClient http =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
    private final Map<TopicPartition, Long> next = new ConcurrentHashMap<>();

    private Portal(ConfigurableApplicationContext application, TestBroker broker) {
        this.application = application;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /// The one portal of this JVM. Tests tell it of entities of their own.
    public static Portal shared() {
        return Shared.PORTAL;
    }

    public static Portal start(TestBroker broker, TestPostgres.Database database, Map<String, String> more) {
        return start(broker, database, more, PortalApplication.class);
    }

    /// With beans of the test beside those of the application.
    public static Portal start(
            TestBroker broker, TestPostgres.Database database, Map<String, String> more, Class<?>... sources) {
        var properties = new HashMap<String, String>();
        properties.put("server.port", "0");
        properties.put("management.server.port", "0");
        properties.put("spring.kafka.bootstrap-servers", broker.bootstrapServers());
        properties.put("spring.kafka.properties.schema.registry.url", "mock://portal");
        properties.put("spring.datasource.url", database.url());
        properties.put("spring.datasource.username", database.user());
        properties.put("spring.datasource.password", database.password());
        properties.put("muster.topics.partitions", "3");
        properties.put("muster.token", "a-test-token-of-some-length");
        properties.putAll(more);
        var arguments = new ArrayList<String>();
        properties.forEach((name, value) -> arguments.add("--" + name + "=" + value));
        var application = new SpringApplicationBuilder(sources).run(arguments.toArray(String[]::new));
        return new Portal(application, broker);
    }

    /// Another portal on the same topics with an empty read model and consumer groups of its own.
    public static Portal another(String name, TestPostgres.Database database) {
        return another(name, database, Map.of());
    }

    public static Portal another(String name, TestPostgres.Database database, Map<String, String> more) {
        var properties = new HashMap<>(more);
        properties.put("spring.cloud.stream.bindings.projectReadiness-in-0.group", name + "-readiness");
        properties.put("spring.cloud.stream.bindings.projectTrail-in-0.group", name + "-trail");
        return start(TestBroker.shared(), database, properties);
    }

    public <T> T bean(Class<T> type) {
        return application.getBean(type);
    }

    public String url() {
        return "http://localhost:"
                + ((WebServerApplicationContext) application).getWebServer().getPort();
    }

    private int managementPort() {
        return Integer.parseInt(application.getEnvironment().getProperty("local.management.port"));
    }

    public Topics topics() {
        return bean(Topics.class);
    }

    /// Writes records and waits until the broker has them.
    public <T extends SpecificRecord> void tell(Topic<String, T> topic, String key, T value) {
        var headers = CloudEventHeaders.of(key, "/test", "test", Instant.EPOCH, key, null);
        tellRaw(
                topic.name(),
                key,
                value == null ? null : topic.value().serializer().serialize(topic.name(), headers, value));
    }

    /// The same at a time of its own.
    public <T extends SpecificRecord> void tellAt(Instant time, Topic<String, T> topic, String key, T value) {
        var headers = CloudEventHeaders.of(key, "/test", "test", Instant.EPOCH, key, null);
        send(new ProducerRecord<>(
                topic.name(),
                null,
                time.toEpochMilli(),
                key.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                value == null ? null : topic.value().serializer().serialize(topic.name(), headers, value),
                headers));
    }

    public void tellRaw(String topic, String key, byte[] value) {
        tellRaw(topic, key, value, new RecordHeaders());
    }

    public void tellRaw(String topic, String key, byte[] value, Headers headers) {
        send(new ProducerRecord<>(topic, null, key.getBytes(java.nio.charset.StandardCharsets.UTF_8), value, headers));
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
        try {
            var told = producer.send(record).get();
            next.put(new TopicPartition(told.topic(), told.partition()), told.offset() + 1);
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Waits until the read model has everything that was told, of topics that are projected.
    public void awaitTold() {
        var sql = bean(DSLContext.class);
        next.forEach((partition, offset) -> Awaitility.await(partition.toString())
                .until(() -> sql.fetchExists(
                        DSL.table("projected_position"),
                        DSL.condition(
                                "topic = ? and partition_id = ? and next_offset >= ?",
                                partition.topic(),
                                partition.partition(),
                                offset))));
    }

    /// Everything that stands on a topic now.
    public List<ConsumerRecord<byte[], byte[]>> onTopic(String topic) {
        var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", TestBroker.shared().bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(it -> new TopicPartition(topic, it.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var end = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(it -> consumer.position(it) < end.get(it))) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    /// Asks the management port.
    public HttpResponse<String> manage(String path) {
        return send(URI.create("http://localhost:" + managementPort() + path));
    }

    public HttpResponse<String> get(String path, String... headers) {
        return send(URI.create(url() + path), headers);
    }

    /// Posts with the token of the portal unless `headers` say otherwise.
    public HttpResponse<String> post(String path, String body, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(url() + path)).POST(HttpRequest.BodyPublishers.ofString(body));
        request.headers(
                headers.length > 0
                        ? headers
                        : new String[] {
                            "Authorization", "Bearer a-test-token-of-some-length", "Content-Type", "application/yaml"
                        });
        return answer(request.build());
    }

    private HttpResponse<String> send(URI address, String... headers) {
        var request = HttpRequest.newBuilder(address);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return answer(request.build());
    }

    private HttpResponse<String> answer(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public JsonNode json(String path) {
        return JSON.readTree(get(path).body());
    }

    public List<String> texts(JsonNode array, String field) {
        var texts = new ArrayList<String>();
        array.forEach(each -> texts.add(each.path(field).asString()));
        return texts;
    }

    @Override
    public void close() {
        producer.close();
        application.close();
    }
}
