package dev.muster.portal.recorded;

import java.io.IOException;

/// Who waits for an answer that takes its time.
@FunctionalInterface
public interface Caller {

    /// Makes sure that it still does.
    ///
    /// @throws IOException when it went away
    void check() throws IOException;
}
