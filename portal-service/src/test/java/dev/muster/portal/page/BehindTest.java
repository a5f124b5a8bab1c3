package dev.muster.portal.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BehindTest {

    @Test
    void saysNothingWhileItIsNearTheEnd() {
        assertThat(Behind.text(true, 0)).isNull();
        assertThat(Behind.text(true, 1000)).isNull();
    }

    @Test
    void saysHowFarItIsBehind() {
        assertThat(Behind.text(true, 12345)).isEqualTo("This page shows the past: 12,345 records are yet to be read.");
    }

    @Test
    void saysThatItStillReadsWhatWasThereWhenItStarted() {
        var reads = "This page may show the past: the portal still reads what happened before it started.";
        assertThat(Behind.text(false, 0)).isEqualTo(reads);
        assertThat(Behind.text(false, 1)).isEqualTo(reads + " 1 record is yet to be read.");
    }
}
