package dev.muster.notifier.metrics;

import dev.muster.service.MeterTable;
import dev.muster.testkit.GeneratedPage;
import org.junit.jupiter.api.Test;

class MetricsPageTest {

    @Test
    void tellsEveryMeterOfThisService() {
        new GeneratedPage("metrics.md").section("notifier-service", MeterTable.of(NotifierMetrics.ALL));
    }
}
