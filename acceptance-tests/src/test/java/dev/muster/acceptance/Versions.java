package dev.muster.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.avro.generic.GenericRecord;

/// Looks at the transitions of one entity and scorecard as a downstream system would.
final class Versions {

    private Versions() {}

    /// Versions rise by one from one, and each begins where the last ended.
    static void assertUnbroken(List<GenericRecord> transitions) {
        for (var i = 0; i < transitions.size(); i++) {
            var transition = transitions.get(i);
            assertThat(transition.get("version"))
                    .as("version of transition %d", i)
                    .isEqualTo(i + 1L);
            var before = i == 0 ? null : transitions.get(i - 1).get("after");
            assertThat(transition.get("before"))
                    .as("before of version %d", i + 1)
                    .isEqualTo(before);
        }
    }

    /// Deliveries that caused the transitions, in order; without baselines, such as the first readiness of an entity.
    static List<String> causes(List<GenericRecord> transitions) {
        return transitions.stream()
                .map(transition -> (GenericRecord) transition.get("cause"))
                .filter(cause -> cause.get("kind").toString().equals("FACT") && !(boolean) cause.get("baseline"))
                .map(cause -> cause.get("deliveryId").toString())
                .toList();
    }
}
