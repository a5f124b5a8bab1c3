package dev.muster.portal.meter;

import static dev.muster.service.MeterDefinition.counter;
import static dev.muster.service.MeterDefinition.gauge;
import static dev.muster.service.MeterDefinition.timer;

import dev.muster.service.MeterDefinition;
import java.util.List;

/// The meters of this service.
public final class PortalMeters {

    private static final String TOPICS = "the topics that the portal reads";

    public static final MeterDefinition RECORDS = counter(
                    "muster.portal.records", "Records read, by what became of them")
            .withBound("topic", TOPICS)
            .with("fate", "applied", "skipped", "rejected");

    public static final MeterDefinition PROJECTION = timer(
                    "muster.portal.projection",
                    "Time from the oldest record of a batch to its committed row",
                    50,
                    100,
                    250,
                    500,
                    1000,
                    2500,
                    5000,
                    30_000,
                    60_000)
            .withBound("topic", TOPICS);

    public static final MeterDefinition LAG = gauge(
                    "muster.portal.lag", null, "Records that this instance has yet to project")
            .with("part", "readiness", "trail");

    public static final MeterDefinition LISTENERS = gauge("muster.portal.listeners", null, "Open event streams");

    public static final MeterDefinition REFUSED =
            counter("muster.portal.listeners.refused", "Event streams refused because as many were open as may be");

    public static final List<MeterDefinition> ALL = List.of(RECORDS, PROJECTION, LAG, LISTENERS, REFUSED);

    private PortalMeters() {}
}
