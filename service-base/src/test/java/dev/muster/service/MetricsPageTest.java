package dev.muster.service;

import dev.muster.testkit.GeneratedPage;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsPageTest {

    @Test
    void tellsEveryMeterThatAllServicesHave() {
        new GeneratedPage("metrics.md").section("every service", MeterTable.of(List.of(DeadLetters.METER)));
    }
}
