package dev.muster.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class WorkloadTest {

    private final Workload workload = new Workload(java.time.Instant.parse("2026-06-01T12:00:00Z"));

    @Test
    void changesTheNumberOfCriticalAlertsWithEveryDelivery() {
        var severities = new HashMap<String, Map<Integer, String>>();
        for (var i = 0; i < Workload.REPOSITORIES * Workload.ALERTS * 3; i++) {
            var alert = workload.alert(i);
            var known = severities.computeIfAbsent(alert.repository(), _ -> new HashMap<>());
            assertThat(known.getOrDefault(alert.number(), Workload.SEEDED)).isNotEqualTo(alert.severity());
            known.put(alert.number(), alert.severity());
        }

        assertThat(severities).hasSize(Workload.REPOSITORIES);
        assertThat(severities.values()).allSatisfy(known -> assertThat(known).hasSize(Workload.ALERTS));
    }

    @Test
    void givesEachDeliveryOfARepositoryATimeOfItsOwn() {
        var times = new HashSet<String>();
        for (var i = 0; i < 5 * Workload.REPOSITORIES; i++) {
            assertThat(times.add(
                            workload.alert(i).repository() + workload.alert(i).updatedAt()))
                    .isTrue();
        }
    }

    @Test
    void writesPayloadsAsLargeAsRealOnes() {
        var body = workload.payload(7);
        var json = JsonMapper.builder().build().readTree(body);

        assertThat(body.length).isBetween(6_000, 20_000);
        assertThat(json.at("/repository/full_name").asString()).isEqualTo("acme/service-007");
        assertThat(json.at("/alert/state").asString()).isEqualTo("open");
    }
}
