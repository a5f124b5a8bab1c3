package dev.muster.evaluator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.evaluator.entities.Pace;
import dev.muster.evaluator.meters.EvaluatorMeters;
import dev.muster.schemas.AvroSerdes;
import dev.muster.schemas.Topics;
import dev.muster.testkit.GeneratedPage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What is approved in `docs/topology/evaluator.txt` is what runs: names of stores, steps and internal topics are kept
/// on disks and brokers, so that a change here is a migration.
class TopologyDescriptionTest {

    @Test
    void isApproved() {
        new GeneratedPage("topology/evaluator.txt").whole(describe());
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
                new Pace(Duration.ofMillis(100), Duration.ofMillis(100), 1, Duration.ofMinutes(1)),
                System::nanoTime,
                new EvaluatorMeters(new SimpleMeterRegistry()),
                (_, _, _, _, _, _) -> {});
        return Evaluation.build(topology, topics, config).describe().toString();
    }
}
