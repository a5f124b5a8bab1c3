package dev.muster.evaluator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.evaluator.entities.Pace;
import dev.muster.evaluator.meters.EvaluatorMeters;
import dev.muster.schemas.AvroSerdes;
import dev.muster.schemas.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What is approved in `docs/topology/evaluator.txt` is what runs: names of stores, steps and internal topics are kept
/// on disks and brokers, so that a change here is a migration.
class TopologyDescriptionTest {

    static final Path APPROVED = Path.of("..", "docs", "topology", "evaluator.txt");

    @Test
    void isApproved() throws IOException {
        var described = describe();
        if (Boolean.getBoolean("approve")) {
            Files.createDirectories(APPROVED.getParent());
            Files.writeString(APPROVED, described);
        }
        assertThat(described)
                .as("mvn -pl evaluator-service test -Dtest=TopologyDescriptionTest -DargLine=-Dapprove=true")
                .isEqualTo(Files.readString(APPROVED));
    }

    @Test
    void everyNameIsOurs() {
        assertThat(describe()).doesNotContainPattern("KSTREAM|KTABLE|STATE-STORE|-0{6}");
    }

    static String describe() {
        var config = Evaluation.config();
        var avro = AvroSerdes.from(config);
        var topics = new Topics(avro);
        var topology = new EvaluatorTopology(
                topics,
                avro,
                Known.CATALOGUE,
                6,
                new Pace(Duration.ofMillis(100), Duration.ofMillis(100), 1, 1),
                new EvaluatorMeters(new SimpleMeterRegistry()),
                (_, _, _, _, _, _) -> {});
        return Evaluation.build(topology, topics, config).describe().toString();
    }
}
