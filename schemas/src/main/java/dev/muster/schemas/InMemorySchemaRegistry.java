package dev.muster.schemas;

import static org.apache.avro.SchemaCompatibility.SchemaCompatibilityType.COMPATIBLE;
import static org.apache.avro.SchemaCompatibility.checkReaderWriterCompatibility;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/// A registry in memory, for tests. Every version of a subject has to read every other (full, transitive).
final class InMemorySchemaRegistry implements SchemaRegistry {

    private final String url;
    private final List<Schema> schemas = new ArrayList<>();
    private final Map<String, List<Schema>> subjects = new HashMap<>();

    InMemorySchemaRegistry(String url) {
        this.url = url;
    }

    @Override
    public synchronized int register(String subject, Schema schema) {
        var versions = subjects.computeIfAbsent(subject, _ -> new ArrayList<>());
        if (!versions.contains(schema)) {
            var compatibility = compatibility(subject, schema);
            if (!compatibility.compatible()) {
                throw new SchemaRefusedException("The schema registry " + url + " refuses the schema "
                        + schema.getFullName() + " for subject " + subject + ": " + compatibility.reasons());
            }
            versions.add(schema);
        }
        if (!schemas.contains(schema)) {
            schemas.add(schema);
        }
        return schemas.indexOf(schema) + 1;
    }

    @Override
    public synchronized int idOf(String subject, Schema schema) {
        if (!subjects.getOrDefault(subject, List.of()).contains(schema)) {
            throw new UnknownSchemaException("The schema registry " + url + " does not have the schema "
                    + schema.getFullName() + " under subject " + subject + ".");
        }
        return schemas.indexOf(schema) + 1;
    }

    @Override
    public synchronized Schema byId(int id) {
        if (id < 1 || id > schemas.size()) {
            throw new UnknownSchemaException("The schema registry " + url + " has no schema " + id + ".");
        }
        return schemas.get(id - 1);
    }

    @Override
    public synchronized Registered latest(String subject) {
        var versions = subjects.getOrDefault(subject, List.of());
        if (versions.isEmpty()) {
            throw new UnknownSchemaException(
                    "The schema registry " + url + " has no schema for subject " + subject + ".");
        }
        return new Registered(subject, versions.size(), idOf(subject, versions.getLast()), versions.getLast());
    }

    @Override
    public synchronized Compatibility compatibility(String subject, Schema schema) {
        var reasons = new ArrayList<String>();
        for (var version : subjects.getOrDefault(subject, List.of())) {
            for (var pair : List.of(List.of(schema, version), List.of(version, schema))) {
                var found = checkReaderWriterCompatibility(pair.getFirst(), pair.getLast());
                if (found.getType() != COMPATIBLE) {
                    found.getResult().getIncompatibilities().forEach(each -> reasons.add(each.toString()));
                }
            }
        }
        return new Compatibility(reasons.isEmpty(), reasons);
    }

    @Override
    public void ping() {}

    @Override
    public String toString() {
        return url;
    }
}
