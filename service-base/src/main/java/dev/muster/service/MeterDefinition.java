package dev.muster.service;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One meter of ours, said once: the meter, its row in `docs/metrics.md` and what tests compare come from here.
///
/// **Promises.** A label has the values that it names and no others, or values that operators and shipped definitions
/// give, which it then says. Nothing that a stranger sends is ever a label.
///
/// @param name dotted, as Micrometer wants it; monitoring systems have their own way to write it
/// @param unit what a gauge is counted in, or null
/// @param meaning a sentence for operators
/// @param bounds of the buckets of a timer
public record MeterDefinition(
        String name, Kind kind, @Nullable String unit, String meaning, List<Label> labels, List<Duration> bounds) {

    /// A counter with more series than this has each of them only once there is something to count.
    private static final int MOST_FROM_ZERO = 64;

    public MeterDefinition {
        labels = List.copyOf(labels);
        bounds = List.copyOf(bounds);
    }

    /// What a meter does.
    public enum Kind {
        /// Only ever rises.
        COUNTER,
        /// Counts how often something took how long.
        TIMER,
        /// A value of now.
        GAUGE
    }

    /// A label.
    ///
    /// @param values all that there are; empty when somebody outside of the code gives them
    /// @param bound who gives them, when not the code
    public record Label(String name, List<String> values, String bound) {

        public Label {
            values = List.copyOf(values);
        }

        private boolean takes(String value) {
            return values.isEmpty() || values.contains(value);
        }
    }

    public static MeterDefinition counter(String name, String meaning) {
        return new MeterDefinition(name, Kind.COUNTER, null, meaning, List.of(), List.of());
    }

    public static MeterDefinition gauge(String name, @Nullable String unit, String meaning) {
        return new MeterDefinition(name, Kind.GAUGE, unit, meaning, List.of(), List.of());
    }

    /// A timer with a histogram.
    ///
    /// @param millis bounds of its buckets, in milliseconds
    public static MeterDefinition timer(String name, String meaning, long... millis) {
        var bounds = Arrays.stream(millis).mapToObj(Duration::ofMillis).toList();
        return new MeterDefinition(name, Kind.TIMER, "seconds", meaning, List.of(), bounds);
    }

    /// With one more label, and its values.
    public MeterDefinition with(String label, String... values) {
        return with(new Label(label, List.of(values), ""));
    }

    /// With one more label, whose values are the names of constants.
    public MeterDefinition with(String label, Class<? extends Enum<?>> values) {
        return with(label, names(values).toArray(String[]::new));
    }

    /// With one more label, whose values are the names of some constants.
    public MeterDefinition with(String label, EnumSet<?> values) {
        return with(label, values.stream().map(Enum::name).toArray(String[]::new));
    }

    /// With one more label, whose values are the names of constants in lower case.
    public MeterDefinition withLower(String label, Class<? extends Enum<?>> values) {
        return with(label, names(values).map(it -> it.toLowerCase(Locale.ROOT)).toArray(String[]::new));
    }

    /// With one more label, whose values come from outside of the code.
    ///
    /// @param bound who gives them, and so how many there can be
    public MeterDefinition withBound(String label, String bound) {
        return with(new Label(label, List.of(), bound));
    }

    private MeterDefinition with(Label label) {
        return new MeterDefinition(
                name,
                kind,
                unit,
                meaning,
                Stream.concat(labels.stream(), Stream.of(label)).toList(),
                bounds);
    }

    private static Stream<String> names(Class<? extends Enum<?>> values) {
        return Arrays.stream(values.getEnumConstants()).map(Enum::name);
    }

    /// The counter with these values of the labels, in their order.
    public Counter counter(MeterRegistry registry, String... values) {
        return Counter.builder(name).description(meaning).tags(tags(values)).register(registry);
    }

    /// The counters of all values: see [Counters].
    public Counters counters(MeterRegistry registry) {
        return new Counters(this, registry);
    }

    /// The timer with these values of the labels, in their order.
    public Timer timer(MeterRegistry registry, String... values) {
        return Timer.builder(name)
                .description(meaning)
                .tags(tags(values))
                .serviceLevelObjectives(bounds.toArray(Duration[]::new))
                .register(registry);
    }

    /// A gauge that holds `of`, with these values of the labels, in their order.
    public <T> void gauge(MeterRegistry registry, T of, ToDoubleFunction<T> value, String... values) {
        Gauge.builder(name, of, value)
                .description(meaning)
                .baseUnit(unit)
                .tags(tags(values))
                .strongReference(true)
                .register(registry);
    }

    /// All series that there can be, when they are few and the code knows them; else none.
    List<List<String>> fromZero() {
        if (labels.stream().anyMatch(it -> it.values().isEmpty())
                || labels.stream().mapToInt(it -> it.values().size()).reduce(1, Math::multiplyExact) > MOST_FROM_ZERO) {
            return List.of();
        }
        var all = List.of(List.<String>of());
        for (var label : labels) {
            all = all.stream()
                    .flatMap(begun -> label.values().stream()
                            .map(value -> Stream.concat(begun.stream(), Stream.of(value))
                                    .toList()))
                    .toList();
        }
        return all;
    }

    private List<Tag> tags(String... values) {
        if (values.length != labels.size()) {
            throw new IllegalArgumentException(
                    "%s has %d labels, and not %d".formatted(name, labels.size(), values.length));
        }
        var tags = new ArrayList<Tag>();
        for (var i = 0; i < values.length; i++) {
            var label = labels.get(i);
            if (!label.takes(values[i])) {
                throw new IllegalArgumentException("label %s of %s cannot be '%s': one of %s"
                        .formatted(label.name(), name, values[i], label.values()));
            }
            tags.add(Tag.of(label.name(), values[i]));
        }
        return tags;
    }
}
