package dev.muster.evaluator.meters;

import dev.muster.service.MeterTable;
import dev.muster.testkit.GeneratedPage;
import org.junit.jupiter.api.Test;

class MetricsPageTest {

    @Test
    void tellsEveryMeterOfThisService() {
        new GeneratedPage("metrics.md").section("evaluator-service", MeterTable.of(EvaluatorMeters.ALL));
    }
}
