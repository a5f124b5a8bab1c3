package dev.muster.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.local.parts.StartFailure;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PortPlanTest {

    @Test
    void hasTheDocumentedPorts() {
        var ports = new PortPlan(0);
        assertThat(ports.portal()).isEqualTo(8080);
        assertThat(ports.ingest()).isEqualTo(8090);
        assertThat(ports.evaluator()).isEqualTo(8091);
        assertThat(ports.notifier()).isEqualTo(8092);
        assertThat(ports.kafka()).isEqualTo(19092);
        assertThat(ports.registry()).isEqualTo(18081);
        assertThat(ports.postgres()).isEqualTo(15432);
        assertThat(ports.smtp()).isEqualTo(13025);
        assertThat(ports.management(ports.portal())).isEqualTo(9080);
    }

    @Test
    void addsTheOffsetToEveryPort() {
        var moved = new PortPlan(100).all();
        var original = new PortPlan(0).all();
        assertThat(moved).hasSameSizeAs(original);
        for (var i = 0; i < moved.size(); i++) {
            assertThat(moved.get(i).port()).isEqualTo(original.get(i).port() + 100);
        }
    }

    @Test
    void givesNoPortTwice() {
        assertThat(new PortPlan(0).all()).extracting(PortPlan.Reserved::port).doesNotHaveDuplicates();
    }

    @Test
    void refusesAnOffsetBeyondTheLastPort() {
        assertThatThrownBy(() -> new PortPlan(-1))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("--port-offset is -1");
        assertThatThrownBy(() -> new PortPlan(40_001)).isInstanceOf(StartFailure.class);
        assertThat(new PortPlan(PortPlan.LARGEST_OFFSET).all()).allMatch(reserved -> reserved.port() < 65_536);
    }

    @Test
    void startsWhenAllPortsAreFree() {
        assertThatCode(() -> new PortPlan(0).requireFree(_ -> true)).doesNotThrowAnyException();
    }

    @Test
    void namesEveryTakenPortItsPurposeAndTheWayOut() {
        var taken = Set.of(8080, 15432, 8180);
        assertThatThrownBy(() -> new PortPlan(0).requireFree(port -> !taken.contains(port)))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("8080  portal")
                .hasMessageContaining("15432  PostgreSQL")
                .hasMessageContaining("--port-offset 200");
    }
}
