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
                        100,
                        Duration.ofSeconds(300),
                        Duration.ofSeconds(60),
                        20_000,
                        5,
                        true,
                        true,
                        10_000,
                        false,
                        0,
                        0,
                        false,
                        false));
    }

    @Test
    void takesWhatIsSaid() {
        assertThat(Settings.parse("--rate", "5", "--seconds", "7", "--whole-way-only", "--write", "--keep"))
                .returns(5, Settings::rate)
                .returns(Duration.ofSeconds(7), Settings::load)
                .returns(false, Settings::engine)
                .returns(false, Settings::sweep)
                .returns(true, Settings::write)
                .returns(true, Settings::keep);
    }

    @Test
    void measuresAnEditOfAScorecardWhenItIsAskedTo() {
        assertThat(Settings.parse("--sweep"))
                .returns(true, Settings::sweep)
                .returns(10_000, Settings::entities)
                .returns(true, Settings::wholeWay);
        assertThat(Settings.parse("--entities", "100", "--sweep", "--organisation-only"))
                .returns(true, Settings::sweep)
                .returns(100, Settings::entities)
                .returns(0, Settings::pages)
                .returns(false, Settings::engine)
                .returns(false, Settings::wholeWay);
    }

    @Test
    void readsPagesAndThePastWhenItIsAskedTo() {
        assertThat(Settings.parse("--pages"))
                .returns(1_000_000, Settings::pages)
                .returns(true, Settings::wholeWay);
        assertThat(Settings.parse("--transitions", "500", "--backtest", "--organisation-only"))
                .returns(500, Settings::pages)
                .returns(1_000_000, Settings::facts)
                .returns(false, Settings::sweep)
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
