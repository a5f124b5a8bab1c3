package dev.muster.service;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.NamingConvention;
import io.micrometer.prometheusmetrics.PrometheusNamingConvention;
import java.util.List;
import java.util.stream.Collectors;

/// Meters as a table of Markdown, under the names that Prometheus knows them by.
public final class MeterTable {

    private static final NamingConvention PROMETHEUS = new PrometheusNamingConvention();

    private MeterTable() {}

    public static String of(List<MeterDefinition> meters) {
        return meters.stream()
                .map(it -> "| `%s` | %s | %s | %s |".formatted(name(it), kind(it), labels(it), it.meaning()))
                .collect(Collectors.joining("\n", "| metric | kind | labels | meaning |\n|---|---|---|---|\n", "\n"));
    }

    private static String name(MeterDefinition meter) {
        return switch (meter.kind()) {
            case COUNTER -> PROMETHEUS.name(meter.name(), Meter.Type.COUNTER) + "_total";
            case TIMER -> PROMETHEUS.name(meter.name(), Meter.Type.TIMER);
            case GAUGE -> PROMETHEUS.name(meter.name(), Meter.Type.GAUGE, meter.unit());
        };
    }

    private static String kind(MeterDefinition meter) {
        return switch (meter.kind()) {
            case COUNTER -> "counter";
            case TIMER -> "histogram";
            case GAUGE -> "gauge";
        };
    }

    private static String labels(MeterDefinition meter) {
        return meter.labels().stream()
                .map(it -> "`%s`: %s".formatted(it.name(), it.values().isEmpty() ? it.bound() : values(it)))
                .collect(Collectors.joining("<br>"));
    }

    private static String values(MeterDefinition.Label label) {
        return label.values().stream().map(it -> "`" + it + "`").collect(Collectors.joining(" "));
    }
}
