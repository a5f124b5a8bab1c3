package dev.muster.local;

import dev.muster.local.parts.Ports;
import dev.muster.local.parts.StartFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/// Every port of the platform: a fixed number plus an offset, so that several can run side by side.
///
/// @param offset from 0 to [#LARGEST_OFFSET]
record PortPlan(int offset) {

    static final int LARGEST_OFFSET = 40_000;

    private static final int MANAGEMENT = 1_000;

    /// A port and what it is for.
    record Reserved(int port, String purpose) {}

    PortPlan {
        if (offset < 0 || offset > LARGEST_OFFSET) {
            throw new StartFailure("--port-offset is %d, expected 0 to %d".formatted(offset, LARGEST_OFFSET));
        }
    }

    int portal() {
        return 8080 + offset;
    }

    int ingest() {
        return 8090 + offset;
    }

    int evaluator() {
        return 8091 + offset;
    }

    int notifier() {
        return 8092 + offset;
    }

    int kafka() {
        return 19092 + offset;
    }

    int kafkaController() {
        return 19093 + offset;
    }

    int registry() {
        return 18081 + offset;
    }

    int postgres() {
        return 15432 + offset;
    }

    int smtp() {
        return 13025 + offset;
    }

    int mailPages() {
        return 18025 + offset;
    }

    /// Where the service on `servicePort` is asked for its health and metrics.
    int management(int servicePort) {
        return servicePort + MANAGEMENT;
    }

    List<Reserved> all() {
        var all = new ArrayList<>(List.of(
                new Reserved(portal(), "portal"),
                new Reserved(ingest(), "ingest"),
                new Reserved(evaluator(), "evaluator"),
                new Reserved(notifier(), "notifier")));
        for (var service : List.copyOf(all)) {
            all.add(new Reserved(management(service.port()), "health and metrics of the " + service.purpose()));
        }
        all.addAll(List.of(
                new Reserved(kafka(), "Kafka"),
                new Reserved(kafkaController(), "Kafka's controller"),
                new Reserved(registry(), "schema registry"),
                new Reserved(postgres(), "PostgreSQL"),
                new Reserved(smtp(), "catcher of mail (SMTP)"),
                new Reserved(mailPages(), "pages of caught mail and Slack messages")));
        return List.copyOf(all);
    }

    /// Refuses to start when a port is taken, and names each of them.
    void requireFree() {
        requireFree(Ports::free);
    }

    void requireFree(IntPredicate free) {
        var taken =
                all().stream().filter(reserved -> !free.test(reserved.port())).toList();
        if (taken.isEmpty()) {
            return;
        }
        var lines = new StringBuilder("Somebody else listens on %s that Muster needs:%n"
                .formatted(taken.size() == 1 ? "a port" : taken.size() + " ports"));
        for (var reserved : taken) {
            lines.append("  %d  %s%n".formatted(reserved.port(), reserved.purpose()));
        }
        lines.append(
                "Stop what listens there (lsof -i :%d tells who), or move all of Muster's ports: ./muster up --port-offset %d"
                        .formatted(taken.getFirst().port(), suggestion(free)));
        throw new StartFailure(lines.toString());
    }

    private int suggestion(IntPredicate free) {
        for (var candidate = offset + 100; candidate <= LARGEST_OFFSET; candidate += 100) {
            if (new PortPlan(candidate).all().stream().allMatch(reserved -> free.test(reserved.port()))) {
                return candidate;
            }
        }
        return LARGEST_OFFSET;
    }
}
