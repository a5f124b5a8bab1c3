package dev.muster.ingest.meter;

import static dev.muster.service.MeterDefinition.counter;
import static dev.muster.service.MeterDefinition.gauge;
import static dev.muster.service.MeterDefinition.timer;

import dev.muster.ingest.github.Asked;
import dev.muster.schemas.DeadLetterReason;
import dev.muster.schemas.v1.FactChangeKind;
import dev.muster.service.MeterDefinition;
import java.util.EnumSet;
import java.util.List;

/// The meters of this service.
public final class IngestMeters {

    private static final String SOURCES = "the source definitions, by name";

    public static final MeterDefinition DELIVERIES = counter(
                    "muster.ingest.deliveries", "Deliveries, by what their sender was told")
            .withBound("connection", "the configured connections, by name, and `unknown`")
            .with(
                    "outcome",
                    "accepted",
                    "unauthenticated",
                    "too_large",
                    "unsupported_type",
                    "too_slow",
                    "overloaded",
                    "not_journalled");

    public static final MeterDefinition JOURNAL = timer(
                    "muster.ingest.journal",
                    "Time until the journal kept a delivery, which its sender waits for, or did not",
                    5,
                    10,
                    25,
                    50,
                    100,
                    250,
                    500,
                    1000,
                    2500,
                    5000,
                    7000)
            .with("outcome", "kept", "spooled", "not_kept");

    public static final MeterDefinition SPOOL = counter(
                    "muster.ingest.spool.deliveries",
                    "Deliveries that could not be journalled at once, by what the spool did")
            .with("outcome", "spooled", "drained", "refused", "set_aside");

    public static final MeterDefinition SPOOL_RECORDS =
            gauge("muster.ingest.spool.records", "records", "Deliveries that wait in the spool of this instance");

    public static final MeterDefinition SPOOL_BYTES =
            gauge("muster.ingest.spool.bytes", "bytes", "What the spool of this instance takes on the disk");

    public static final MeterDefinition SPOOL_OLDEST = gauge(
            "muster.ingest.spool.oldest.age", "seconds", "Age of the oldest delivery in the spool, 0 when it is empty");

    public static final MeterDefinition CONNECTION_TROUBLE = gauge(
                    "muster.ingest.connection.trouble",
                    null,
                    "1 while something is wrong with a connection: silent for longer than usual, all that comes is refused,"
                            + " what comes cannot be read")
            .withBound("connection", "the configured connections, by name")
            .with("trouble", "silent", "rejecting", "failing");

    public static final MeterDefinition CONNECTION_SILENCE = gauge(
                    "muster.ingest.connection.silence",
                    "seconds",
                    "Time since a connection last reported, to any instance")
            .withBound("connection", "the configured connections, by name");

    public static final MeterDefinition IN_FLIGHT =
            gauge("muster.ingest.in.flight", "bytes", "Bodies that are being received or journalled");

    public static final MeterDefinition DECLARATIONS = counter(
                    "muster.ingest.declarations", "Declarations, by what became of them")
            .with("kind", "entity", "scorecard", "initiative", "fact", "event", "attestation", "exemption")
            .with("outcome", "applied", "unchanged", "deleted", "refused");

    public static final MeterDefinition SCIM = counter(
                    "muster.ingest.scim", "Requests of identity providers, by what became of them")
            .with("resource", "user", "group", "other")
            .with("outcome", "read", "applied", "unchanged", "refused", "failed");

    public static final MeterDefinition NORMALISED = counter(
                    "muster.normaliser.deliveries", "Journalled deliveries, by what the source definition made of them")
            .withBound("source", SOURCES)
            .with("outcome", "facts", "nothing_new", "unmapped", "partly_failed", "failed");

    public static final MeterDefinition CHANGES = counter(
                    "muster.normaliser.changes", "Changes to facts that deliveries told")
            .withBound("source", SOURCES)
            .withBound("fact", "the facts that source definitions map to, by name")
            .withLower("change", FactChangeKind.class)
            .with("clamped", "true", "false");

    public static final MeterDefinition GIVEN_UP = counter(
                    "muster.normaliser.given.up", "Deliveries that became a dead letter, whole or in part")
            // The others are of records that somebody here wrote, and of messages to people.
            .with("reason", EnumSet.complementOf(EnumSet.of(DeadLetterReason.INVALID, DeadLetterReason.NOT_DELIVERED)));

    public static final MeterDefinition DELAY = timer(
            "muster.normaliser.delay",
            "Time from the receipt of a delivery until Kafka had its facts",
            10,
            25,
            50,
            100,
            250,
            500,
            1000,
            5000,
            30_000,
            300_000);

    private static final String RECONCILED = "the connections of `muster.reconcile` that have credentials, by name";

    public static final MeterDefinition QUESTIONS = counter(
                    "muster.reconcile.questions", "Questions to GitHub's API, by what became of them")
            .withBound("connection", RECONCILED)
            .withLower("outcome", Asked.class);

    public static final MeterDefinition READINGS = counter(
                    "muster.reconcile.readings", "Repositories and teams that were read, by what became of them")
            .withBound("connection", RECONCILED)
            .with("why", "snapshot", "invalidation")
            .with("outcome", "told", "partly", "gone", "moved", "failed");

    public static final MeterDefinition REDELIVERIES = counter(
                    "muster.reconcile.redeliveries", "Failed deliveries, by what the reconciler did about them")
            .withBound("connection", RECONCILED)
            .with("outcome", "asked", "refused", "given_up");

    public static final MeterDefinition RECONCILED_AT = gauge(
                    "muster.reconcile.last", "seconds", "When it last ended well, since 1970; 0 when it never did")
            .withBound("connection", RECONCILED)
            .with("kind", "snapshot", "invalidation", "redelivery");

    public static final MeterDefinition ACCESS = gauge(
                    "muster.reconcile.access",
                    null,
                    "1 while the API answers this instance or is not asked by it; 0 while it refuses the credentials, a limit is used up or it is broken")
            .withBound("connection", RECONCILED);

    public static final MeterDefinition REMAINING = gauge(
                    "muster.reconcile.remaining",
                    null,
                    "Questions that the API's limit leaves until it is set back; NaN when nothing is known")
            .withBound("connection", RECONCILED);

    public static final MeterDefinition WANTED = gauge(
                    "muster.reconcile.wanted", null, "Repositories and teams that news named and that wait to be read")
            .withBound("connection", RECONCILED);

    public static final MeterDefinition SOURCE_RELOADS = counter(
                    "muster.ingest.source.reloads", "Source definitions of the mounted folder that changed")
            .with("outcome", "applied", "refused", "gone");

    public static final MeterDefinition SOURCES_REFUSED = gauge(
            "muster.ingest.sources.refused",
            "definitions",
            "Source definitions of the mounted folder that have mistakes: what was in use before still is");

    public static final List<MeterDefinition> ALL = List.of(
            DELIVERIES,
            JOURNAL,
            SPOOL,
            SPOOL_RECORDS,
            SPOOL_BYTES,
            SPOOL_OLDEST,
            CONNECTION_TROUBLE,
            CONNECTION_SILENCE,
            IN_FLIGHT,
            DECLARATIONS,
            SCIM,
            NORMALISED,
            CHANGES,
            GIVEN_UP,
            DELAY,
            QUESTIONS,
            READINGS,
            REDELIVERIES,
            RECONCILED_AT,
            ACCESS,
            REMAINING,
            WANTED,
            SOURCE_RELOADS,
            SOURCES_REFUSED);

    private IngestMeters() {}
}
