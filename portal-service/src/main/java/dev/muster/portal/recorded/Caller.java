package dev.muster.portal.recorded;

import java.io.IOException;

/// Who waits for an answer that takes its time.
@FunctionalInterface
public interface Caller {

    /// One that waits to the end. Over HTTP nobody is asked: Tomcat keeps informational answers (103) until the final
    /// one, and clients of Python and Java fail at them.
    Caller PATIENT = () -> {};

    /// Makes sure that it still does.
    ///
    /// @throws IOException when it went away
    void check() throws IOException;
}
