package dev.muster.portal.meter;

import dev.muster.service.MeterTable;
import dev.muster.testkit.GeneratedPage;
import org.junit.jupiter.api.Test;

class MetricsPageTest {

    @Test
    void tellsEveryMeterOfThisService() {
        new GeneratedPage("metrics.md").section("portal-service", MeterTable.of(PortalMeters.ALL));
    }
}
