package dev.muster.notifier;

import static dev.muster.notifier.transition.Examples.ownedBy;
import static dev.muster.notifier.transition.Examples.regressed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.notifier.pipeline.RoutesInUse;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoutesWatchTest {

    private static final String OTHERS = "group:default/others";

    @TempDir
    private Path folder;

    private void write(String receivers) throws IOException {
        Files.writeString(folder.resolve("routes.yaml"), """
                apiVersion: muster.dev/v1
                kind: Routes
                spec: { route: { receivers: [%s] } }
                """.formatted(receivers));
    }

    @Test
    void takesAFileOverThatChangedAndKeepsTheLastGoodOne() throws IOException {
        write("payments-bot");
        try (var notifier = Running.with("muster.notifier.routes-file=" + folder.resolve("routes.yaml"))) {
            var watch = notifier.bean(RoutesWatch.class);
            watch.look();
            assertThat(watch.look()).as("nothing changed").isFalse();

            write("payments-alerts");
            assertThat(watch.look()).isTrue();
            notifier.hears(ownedBy(regressed("d1"), OTHERS));
            notifier.waitsAndSends();
            assertThat(notifier.deliveries()).containsExactly("slack/payments-alerts SENT");

            write("nobody");
            watch.look();
            assertThat(notifier.bean(RoutesInUse.class).mistakes())
                    .hasValueSatisfying(it -> assertThat(it).contains("routes.yaml", "nobody"));
            assertThat(notifier.bean(MeterRegistry.class)
                            .get("muster.notifier.routes.refused")
                            .gauge()
                            .value())
                    .isEqualTo(1);
            notifier.hears(ownedBy(
                    regressed(
                            "component:default/checkout",
                            2,
                            "d2",
                            java.util.Map.of(
                                    dev.muster.notifier.transition.Examples.VULNERABILITIES,
                                    dev.muster.schemas.v1.Outcome.FAIL)),
                    OTHERS));
            notifier.waitsAndSends();
            assertThat(notifier.deliveries()).as("the last good one").hasSize(2);

            write("payments-bot");
            watch.look();
            assertThat(notifier.bean(RoutesInUse.class).mistakes()).isEmpty();
        }
    }
}
