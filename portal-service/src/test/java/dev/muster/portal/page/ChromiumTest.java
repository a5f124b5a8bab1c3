package dev.muster.portal.page;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

class ChromiumTest {

    @Test
    void skipsWithoutABrowserUnlessOneIsRequired() {
        assertThatThrownBy(() -> Chromium.demand(false, null)).isInstanceOf(TestAbortedException.class);
        assertThatThrownBy(() -> Chromium.demand(false, "false")).isInstanceOf(TestAbortedException.class);
        assertThatThrownBy(() -> Chromium.demand(false, "true"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("MUSTER_REQUIRE_BROWSER");
        assertThatCode(() -> Chromium.demand(true, "true")).doesNotThrowAnyException();
    }
}
