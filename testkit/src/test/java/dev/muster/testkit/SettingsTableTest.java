package dev.muster.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettingsTableTest {

    private enum Colour {
        LIGHT_BLUE
    }

    @Test
    void writesValuesAsOperatorsDo() {
        assertThat(List.of(
                        SettingsTable.text(Duration.ofMillis(2500)),
                        SettingsTable.text(Duration.ofSeconds(90)),
                        SettingsTable.text(Duration.ofMinutes(15)),
                        SettingsTable.text(Duration.ofHours(25)),
                        SettingsTable.text(Duration.ofDays(400)),
                        SettingsTable.text(Duration.ZERO),
                        SettingsTable.text(Colour.LIGHT_BLUE),
                        SettingsTable.text(List.of("a", "b")),
                        SettingsTable.text("26214400B"),
                        SettingsTable.text(7)))
                .containsExactly("2500ms", "90s", "15m", "25h", "400d", "0ms", "light-blue", "a,b", "25MB", "7");
        assertThat(SettingsTable.text(null)).isEmpty();
    }
}
