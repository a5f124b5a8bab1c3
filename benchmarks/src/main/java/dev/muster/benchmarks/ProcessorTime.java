package dev.muster.benchmarks;

import dev.muster.testkit.Platform;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Processor time that processes used so far, with the children that they have now.
final class ProcessorTime {

    private static final List<String> ALL =
            List.of("ingest", "evaluator", "notifier", "portal", "kafka", "postgres", "registry");

    private ProcessorTime() {}

    static Duration of(long pid) {
        return ProcessHandle.of(pid).stream()
                .flatMap(it -> Stream.concat(Stream.of(it), it.descendants()))
                .map(it -> it.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /// Of every process of the platform, and of our own as `sender and reader`.
    static Map<String, Duration> of(Platform platform) {
        var times = new LinkedHashMap<String, Duration>();
        ALL.forEach(name -> times.put(name, of(platform.pid(name))));
        times.put(
                "sender and reader",
                ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO));
        return times;
    }

    /// What was used in between.
    static Map<String, Duration> between(Map<String, Duration> before, Map<String, Duration> after) {
        var used = new LinkedHashMap<String, Duration>();
        after.forEach((name, time) -> used.put(name, time.minus(before.getOrDefault(name, Duration.ZERO))));
        return used;
    }
}
