package dev.muster.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.schemas.RegistryHttp.Answer;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;

/// A registry behind Confluent's REST API: Confluent's own, Apicurio's `/apis/ccompat/v7`, Karapace, Redpanda.
///
/// Numbers and schemas are remembered for ever, since neither changes; the latest schema of a subject as long as
/// `latest.cache.ttl.sec` says. A number that the registry does not have is asked again a minute later at the earliest,
/// so that a stream of unreadable records does not become a stream of requests.
final class HttpSchemaRegistry implements SchemaRegistry {

    private static final int MAX_REMEMBERED = 10_000;
    private static final long MISSING_FOR_NANOS = 60_000_000_000L;

    private final RegistrySettings settings;
    private final RegistryHttp http;
    private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
    private final Map<Integer, Long> missing = new ConcurrentHashMap<>();
    private final Map<Named, Integer> ids = new ConcurrentHashMap<>();
    private final Map<String, Latest> latest = new ConcurrentHashMap<>();

    HttpSchemaRegistry(RegistrySettings settings) {
        this.settings = settings;
        this.http = new RegistryHttp(settings);
    }

    private record Named(String subject, Schema schema) {}

    private record Latest(Registered registered, long askedAtNanos) {}

    @Override
    public int register(String subject, Schema schema) {
        var known = ids.get(new Named(subject, schema));
        if (known != null) {
            return known;
        }
        var answer = http.post("/subjects/" + encoded(subject) + "/versions", Map.of("schema", schema.toString()));
        if (!answer.isOk()) {
            throw new SchemaRefusedException(
                    "The schema registry " + this + " refuses the schema " + schema.getFullName() + " for subject "
                            + subject + ": it answered " + answer.words() + ". " + advice(answer.status()));
        }
        return remember(subject, schema, id(answer, "registering " + subject));
    }

    private static String advice(int status) {
        return switch (status) {
            case 409 ->
                "The schema cannot be read together with the versions that the subject has: change it so that "
                        + "every new field has a default and nothing is renamed, or use a new subject.";
            case 422 -> "The registry takes no such schema: check that it is valid Avro and the subject's name.";
            case 404 ->
                "Check that " + RegistrySettings.URL
                        + " holds the whole path of a Confluent-compatible API (for Apicurio it ends in /apis/ccompat/v7).";
            default -> "Ask who runs the registry what it allows.";
        };
    }

    @Override
    public int idOf(String subject, Schema schema) {
        var known = ids.get(new Named(subject, schema));
        if (known != null) {
            return known;
        }
        var answer = http.post("/subjects/" + encoded(subject), Map.of("schema", schema.toString()));
        if (!answer.isOk()) {
            throw new UnknownSchemaException("The schema registry " + this + " does not have the schema "
                    + schema.getFullName() + " under subject " + subject + ": it answered " + answer.words()
                    + ". Register it, or set auto.register.schemas=true.");
        }
        return remember(subject, schema, id(answer, "looking up " + subject));
    }

    @Override
    public Schema byId(int id) {
        var known = schemas.get(id);
        if (known != null) {
            return known;
        }
        var since = missing.get(id);
        if (since != null && System.nanoTime() - since < MISSING_FOR_NANOS) {
            throw unknown(id, "as asked less than a minute ago");
        }
        var answer = http.get("/schemas/ids/" + id);
        if (!answer.isOk()) {
            if (missing.size() >= MAX_REMEMBERED) {
                missing.clear();
            }
            missing.put(id, System.nanoTime());
            throw unknown(id, "it answered " + answer.words());
        }
        missing.remove(id);
        var schema = avro(answer.body(), "schema " + id);
        if (schemas.size() < MAX_REMEMBERED) {
            schemas.put(id, schema);
        }
        return schema;
    }

    private UnknownSchemaException unknown(int id, String why) {
        return new UnknownSchemaException("The schema registry " + this + " has no schema " + id + ": " + why
                + ". The record was written with another registry, or is not in Confluent's wire format.");
    }

    @Override
    public Registered latest(String subject) {
        var known = latest.get(subject);
        if (known != null && isFresh(known)) {
            return known.registered();
        }
        var answer = http.get("/subjects/" + encoded(subject) + "/versions/latest");
        if (!answer.isOk()) {
            throw new UnknownSchemaException("The schema registry " + this + " has no schema for subject " + subject
                    + ": it answered " + answer.words() + ". Register one first, or set use.latest.version=false.");
        }
        var found = new Registered(
                subject,
                answer.body().path("version").asInt(),
                id(answer, "asking for the latest of " + subject),
                avro(answer.body(), "the latest schema of " + subject));
        if (latest.size() < MAX_REMEMBERED) {
            latest.put(subject, new Latest(found, System.nanoTime()));
        }
        return found;
    }

    private boolean isFresh(Latest known) {
        var ttl = settings.latestTtl();
        return ttl.isNegative() || System.nanoTime() - known.askedAtNanos() < ttl.toNanos();
    }

    @Override
    public Compatibility compatibility(String subject, Schema schema) {
        var answer = http.post(
                "/compatibility/subjects/" + encoded(subject) + "/versions?verbose=true",
                Map.of("schema", schema.toString()));
        if (answer.status() == 404) {
            return new Compatibility(true, List.of());
        }
        if (!answer.isOk()) {
            return new Compatibility(false, List.of(answer.words()));
        }
        var reasons = new ArrayList<String>();
        answer.body().path("messages").forEach(message -> reasons.add(message.asText()));
        return new Compatibility(answer.body().path("is_compatible").asBoolean(), reasons);
    }

    @Override
    public void ping() {
        var answer = http.getOnce("/schemas/types");
        if (!answer.isOk()) {
            throw new SchemaRegistryException("The schema registry " + this + " answered " + answer.words()
                    + " when it was asked for its types of schema. " + advice(404));
        }
    }

    private int remember(String subject, Schema schema, int id) {
        if (ids.size() < MAX_REMEMBERED) {
            ids.put(new Named(subject, schema), id);
        }
        return id;
    }

    private int id(Answer answer, String doing) {
        var id = answer.body().path("id");
        if (!id.canConvertToInt()) {
            throw new SchemaRegistryException(
                    "The schema registry " + this + " gave no number when " + doing + ". " + advice(404));
        }
        return id.asInt();
    }

    private Schema avro(JsonNode body, String what) {
        var type = body.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw new UnknownSchemaException(
                    "In the schema registry " + this + ", " + what + " is " + type + ", not Avro.");
        }
        try {
            return new Schema.Parser().parse(body.path("schema").asText());
        } catch (SchemaParseException e) {
            throw new UnknownSchemaException(
                    "In the schema registry " + this + ", " + what + " cannot be parsed: " + e.getMessage());
        }
    }

    private static String encoded(String subject) {
        return URLEncoder.encode(subject, UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        http.close();
    }

    @Override
    public String toString() {
        return http.toString();
    }
}
