package dev.muster.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/// What the figures were measured on.
///
/// @param load of the last minute before the measurement began; not a number where the system does not tell
record Machine(String processor, int cores, long memoryGigabytes, String system, String jdk, double load) {

    static Machine here() {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        var load = system.getSystemLoadAverage();
        return new Machine(
                model(),
                Runtime.getRuntime().availableProcessors(),
                Math.round(system.getTotalMemorySize() / 1e9),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                System.getProperty("java.vendor") + " " + Runtime.version(),
                load < 0 ? Double.NaN : load);
    }

    /// Whether somebody else uses a good part of it.
    boolean busy() {
        return load > cores * 0.25;
    }

    private static String model() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(it -> it.startsWith("model name"))
                    .map(it -> it.substring(it.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("processor of unknown kind");
        } catch (IOException _) {
            return "processor of unknown kind";
        }
    }
}
