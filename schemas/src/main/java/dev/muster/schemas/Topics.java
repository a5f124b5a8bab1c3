package dev.muster.schemas;

import dev.muster.schemas.v1.Attestation;
import dev.muster.schemas.v1.AuditEntry;
import dev.muster.schemas.v1.ConnectionStatus;
import dev.muster.schemas.v1.DeadLetter;
import dev.muster.schemas.v1.Delivery;
import dev.muster.schemas.v1.DirectoryEntry;
import dev.muster.schemas.v1.Entity;
import dev.muster.schemas.v1.Exemption;
import dev.muster.schemas.v1.FactsObserved;
import dev.muster.schemas.v1.Initiative;
import dev.muster.schemas.v1.Receipt;
import dev.muster.schemas.v1.Reconciliation;
import dev.muster.schemas.v1.Result;
import dev.muster.schemas.v1.Scorecard;
import dev.muster.schemas.v1.Transition;
import java.time.Duration;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;

/// Every topic of Muster. The map of the system starts here.
///
/// Keys are UTF-8 strings. Values are Avro in Confluent's wire format.
public final class Topics {

    /// GitHub's cap for the body of a delivery, the largest that any source sends.
    public static final int MAX_DELIVERY_BODY = 25 * 1024 * 1024;

    /// What everything but deliveries and facts stays below.
    private static final int SMALL = 1024 * 1024;

    /// A snapshot of five thousand items.
    private static final int FACTS = 4 * 1024 * 1024;

    /// A body with its headers; compression may gain nothing.
    private static final int DELIVERY = MAX_DELIVERY_BODY + 3 * 1024 * 1024;

    /// A whole delivery with the reason why it could not be used.
    public static final int MAX_RECORD = DELIVERY + 4 * 1024 * 1024;

    private static final Duration TOMBSTONES = Duration.ofDays(7);
    private static final int YEAR = 365;

    private final AvroSerdes avro;
    private final Topic<String, Delivery> deliveries;
    private final Topic<String, FactsObserved> facts;
    private final Topic<String, ConnectionStatus> connections;
    private final Topic<String, Entity> catalog;
    private final Topic<String, Scorecard> scorecards;
    private final Topic<String, Initiative> initiatives;
    private final Topic<String, DirectoryEntry> directory;
    private final Topic<String, Attestation> attestations;
    private final Topic<String, Exemption> exemptions;
    private final Topic<String, AuditEntry> audit;
    private final Topic<String, Reconciliation> reconciliations;
    private final Topic<String, Result> results;
    private final Topic<String, Transition> transitions;
    private final Topic<String, Receipt> receipts;
    private final Topic<String, DeadLetter> deadLetters;

    public Topics(AvroSerdes avro) {
        this.avro = avro;
        deliveries = topic(TopicNames.DELIVERIES, Delivery.class, keptFor(30, DELIVERY));
        facts = topic(TopicNames.FACTS, FactsObserved.class, keptFor(YEAR, FACTS));
        connections = topic(TopicNames.CONNECTIONS, ConnectionStatus.class, newestOfEachKey());
        catalog = topic(TopicNames.CATALOG, Entity.class, everyVersionOfAYear());
        scorecards = topic(TopicNames.SCORECARDS, Scorecard.class, everyVersionOfAYear());
        initiatives = topic(TopicNames.INITIATIVES, Initiative.class, newestOfEachKey());
        directory = topic(TopicNames.DIRECTORY, DirectoryEntry.class, newestOfEachKey());
        attestations = topic(TopicNames.ATTESTATIONS, Attestation.class, newestOfEachKey());
        exemptions = topic(TopicNames.EXEMPTIONS, Exemption.class, newestOfEachKey());
        audit = topic(TopicNames.AUDIT, AuditEntry.class, keptFor(YEAR, SMALL));
        reconciliations = topic(TopicNames.RECONCILIATIONS, Reconciliation.class, newestOfEachKey());
        results = topic(TopicNames.RESULTS, Result.class, newestOfEachKey());
        transitions = topic(TopicNames.TRANSITIONS, Transition.class, keptFor(YEAR, SMALL));
        receipts = topic(TopicNames.RECEIPTS, Receipt.class, keptFor(90, SMALL));
        deadLetters = topic(TopicNames.DEAD_LETTERS, DeadLetter.class, keptFor(30, MAX_RECORD));
    }

    private <V extends SpecificRecord> Topic<String, V> topic(String name, Class<V> type, Retention retention) {
        return new Topic<>(name, Serdes.String(), avro.of(type), type, retention);
    }

    private static Retention keptFor(int days, int maxMessageBytes) {
        return new Retention.Delete(Duration.ofDays(days), maxMessageBytes);
    }

    private static Retention newestOfEachKey() {
        return new Retention.Compact(TOMBSTONES, Duration.ZERO, SMALL);
    }

    /// The newest of each key for ever, and what was before it as long as facts are kept, so that an instant can be
    /// told again.
    private static Retention everyVersionOfAYear() {
        return new Retention.Compact(TOMBSTONES, Duration.ofDays(YEAR), SMALL);
    }

    /// Authenticated webhook calls, raw, keyed connection/id. Written by ingest, read by its normaliser.
    public Topic<String, Delivery> deliveries() {
        return deliveries;
    }

    /// Changes to facts, keyed by subject. Written by ingest, read by the evaluator.
    public Topic<String, FactsObserved> facts() {
        return facts;
    }

    /// What became of the deliveries of each connection, keyed by its name. Written and read by ingest.
    public Topic<String, ConnectionStatus> connections() {
        return connections;
    }

    /// What is scored and who owns it, keyed by reference, with every version of the last year. Written by ingest, read
    /// by all.
    public Topic<String, Entity> catalog() {
        return catalog;
    }

    /// Published scorecards, keyed by name, with every version of the last year. Written by ingest, read by all.
    public Topic<String, Scorecard> scorecards() {
        return scorecards;
    }

    /// What entities are to reach, and by when, keyed by name. Written by ingest, read by the portal.
    public Topic<String, Initiative> initiatives() {
        return initiatives;
    }

    /// Users and groups as an identity provider pushes them, keyed by id. Written and read by ingest.
    public Topic<String, DirectoryEntry> directory() {
        return directory;
    }

    /// Statements of persons that stand in for evidence, keyed by id, each with its history. Written and read by
    /// ingest, read by the notifier.
    public Topic<String, Attestation> attestations() {
        return attestations;
    }

    /// Requests not to be held to a rule for a time, keyed by id, each with its history. Written and read by ingest,
    /// read by the notifier.
    public Topic<String, Exemption> exemptions() {
        return exemptions;
    }

    /// What persons did, keyed by entity. Written by ingest, read by downstream systems.
    public Topic<String, AuditEntry> audit() {
        return audit;
    }

    /// How far the reconciler came with what it reads of tools' APIs, keyed connection/kind/subject. Written
    /// and read by ingest.
    public Topic<String, Reconciliation> reconciliations() {
        return reconciliations;
    }

    /// Current scorecards of entities, keyed entity|scorecard. Written by the evaluator, read by the portal.
    public Topic<String, Result> results() {
        return results;
    }

    /// Changes of results with their causes, keyed by entity. Written by the evaluator, read by notifier and portal.
    public Topic<String, Transition> transitions() {
        return transitions;
    }

    /// What became of messages to people, keyed by notification. Written by the notifier, read by the portal.
    public Topic<String, Receipt> receipts() {
        return receipts;
    }

    /// Records that could not be used, whole, keyed as they were. Written by all, read by the portal.
    public Topic<String, DeadLetter> deadLetters() {
        return deadLetters;
    }

    /// All of them, in the order in which a delivery travels.
    public List<Topic<?, ?>> all() {
        return List.of(
                deliveries,
                facts,
                connections,
                catalog,
                scorecards,
                initiatives,
                directory,
                attestations,
                exemptions,
                audit,
                reconciliations,
                results,
                transitions,
                receipts,
                deadLetters);
    }

    /// Makes sure that the registry has the schemas of all topics, so that no first record has to wait for it.
    ///
    /// @throws SchemaRefusedException when the registry does not take one
    public void prepareSchemas() {
        all().forEach(topic -> avro.prepare(topic.name(), topic.type()));
    }
}
