package dev.muster.portal.backtest;

import java.io.IOException;

/// Who waits for a backtest.
@FunctionalInterface
interface Caller {

    /// Makes sure that it still does.
    ///
    /// @throws IOException when it went away
    void check() throws IOException;
}
