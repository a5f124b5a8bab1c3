package dev.muster.service;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The counters of one definition, kept at hand: a lookup in the registry would make the labels anew for every event.
///
/// When the code knows all series and they are few, all of them begin at zero, so that the first event is a rise.
public final class Counters {

    private final MeterDefinition definition;
    private final MeterRegistry registry;
    private final Map<List<String>, Counter> known = new ConcurrentHashMap<>();

    Counters(MeterDefinition definition, MeterRegistry registry) {
        this.definition = definition;
        this.registry = registry;
        definition.fromZero().forEach(this::of);
    }

    /// Counts one.
    ///
    /// @param values of the labels, in their order
    public void count(String... values) {
        of(List.of(values)).increment();
    }

    /// Counts several.
    ///
    /// @param values of the labels, in their order
    public void count(double number, String... values) {
        of(List.of(values)).increment(number);
    }

    private Counter of(List<String> values) {
        return known.computeIfAbsent(values, it -> definition.counter(registry, it.toArray(String[]::new)));
    }
}
