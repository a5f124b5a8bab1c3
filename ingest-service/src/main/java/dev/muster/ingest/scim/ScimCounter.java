package dev.muster.ingest.scim;

import dev.muster.ingest.meter.IngestMeters;
import dev.muster.service.Counters;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/// Counts requests of identity providers, by closed sets.
@Component
final class ScimCounter {

    private final Counters counters;

    ScimCounter(MeterRegistry meters) {
        this.counters = IngestMeters.SCIM.counters(meters);
    }

    /// @param path below the root
    /// @param outcome `read`, `applied`, `unchanged`, `refused` or `failed`
    void count(String path, String outcome) {
        counters.count(1, resource(path), outcome);
    }

    private static String resource(String path) {
        if (path.startsWith("Users")) {
            return "user";
        }
        return path.startsWith("Groups") ? "group" : "other";
    }
}
