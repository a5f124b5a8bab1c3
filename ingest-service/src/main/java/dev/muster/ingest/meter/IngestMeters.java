package dev.muster.ingest.meter;

import static dev.muster.service.MeterDefinition.counter;
import static dev.muster.service.MeterDefinition.gauge;
import static dev.muster.service.MeterDefinition.timer;

import dev.muster.schemas.DeadLetterReason;
import dev.muster.schemas.v1.FactChangeKind;
import dev.muster.service.MeterDefinition;
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
            .with("outcome", "kept", "not_kept");

    public static final MeterDefinition IN_FLIGHT =
            gauge("muster.ingest.in.flight", "bytes", "Bodies that are being received or journalled");

    public static final MeterDefinition DECLARATIONS = counter(
                    "muster.ingest.declarations", "Declarations, by what became of them")
            .with("kind", "entity", "scorecard", "initiative", "fact", "attestation", "exemption")
            .with("outcome", "applied", "unchanged", "deleted", "refused");

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
            .with("reason", DeadLetterReason.class);

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

    public static final List<MeterDefinition> ALL =
            List.of(DELIVERIES, JOURNAL, IN_FLIGHT, DECLARATIONS, NORMALISED, CHANGES, GIVEN_UP, DELAY);

    private IngestMeters() {}
}
