package dev.muster.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SettingsTest {

    @Test
    void measuresEverythingAtTheRateOfTheBarsWhenNothingIsSaid() {
        assertThat(Settings.parse())
                .isEqualTo(new Settings(
                        100, Duration.ofSeconds(60), Duration.ofSeconds(60), 20_000, 5, true, true, 0, false, false));
    }

    @Test
    void takesWhatIsSaid() {
        assertThat(Settings.parse("--rate", "5", "--seconds", "7", "--whole-way-only", "--write", "--keep"))
                .returns(5, Settings::rate)
                .returns(Duration.ofSeconds(7), Settings::load)
                .returns(false, Settings::engine)
                .returns(0, Settings::sweep)
                .returns(true, Settings::write)
                .returns(true, Settings::keep);
    }

    @Test
    void measuresAnEditOfAScorecardWhenItIsAskedTo() {
        assertThat(Settings.parse("--sweep")).returns(10_000, Settings::sweep).returns(true, Settings::wholeWay);
        assertThat(Settings.parse("--entities", "100", "--sweep-only"))
                .returns(100, Settings::sweep)
                .returns(false, Settings::engine)
                .returns(false, Settings::wholeWay);
    }

    @Test
    void saysWhichOptionIsWrong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.parse("--fast"))
                .withMessageContaining("--fast");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.parse("--rate", "many"))
                .withMessage("--rate is many, expected a number from 1 to 2000");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.parse("--rate"))
                .withMessageContaining("value");
    }
}
