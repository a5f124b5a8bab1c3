package dev.muster.schemas;

import java.util.List;
import org.apache.avro.Schema;

/// Where schemas are kept, by subject and by number.
///
/// Every method may throw [SchemaRegistryException] when the registry cannot be asked. Implementations are safe for
/// many threads, and remember what cannot change: the number of a schema and the schema of a number.
public interface SchemaRegistry extends AutoCloseable {

    /// Stores the schema under the subject unless it is there, and gives its number.
    ///
    /// @throws SchemaRefusedException when the registry does not take it, such as for being incompatible
    int register(String subject, Schema schema);

    /// The number of a schema that is stored already.
    ///
    /// @throws UnknownSchemaException when the subject does not have it
    int idOf(String subject, Schema schema);

    /// The schema of a number.
    ///
    /// @throws UnknownSchemaException when nothing has this number, or something that is not Avro
    Schema byId(int id);

    /// The newest schema of a subject.
    ///
    /// @throws UnknownSchemaException when the subject has none
    Registered latest(String subject);

    /// Whether the registry would take the schema. A subject without schemas takes every one.
    Compatibility compatibility(String subject, Schema schema);

    /// Asks once, without repeating, whether the registry answers.
    void ping();

    /// Names the registry for people, without any credential.
    @Override
    String toString();

    @Override
    default void close() {}

    /// A schema with its place in the registry.
    ///
    /// @param version rises by one with each schema of the subject
    record Registered(String subject, int version, int id, Schema schema) {}

    /// Whether a schema can stand beside those that a subject has.
    ///
    /// @param reasons why it is not compatible, in the words of the registry; may be empty
    record Compatibility(boolean compatible, List<String> reasons) {
        public Compatibility {
            reasons = List.copyOf(reasons);
        }
    }
}
