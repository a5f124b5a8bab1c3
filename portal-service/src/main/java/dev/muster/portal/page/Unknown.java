package dev.muster.portal.page;

import dev.muster.service.Problem;
import dev.muster.service.ProblemException;
import dev.muster.service.ProblemType;

/// Asked for something that the read model does not have: 404, as a page or as a problem.
public final class Unknown {

    private Unknown() {}

    /// The exception to throw.
    ///
    /// @param what such as `entity`
    public static ProblemException exception(String what) {
        return Problem.of(ProblemType.NOT_FOUND, "There is no such " + what).asException();
    }
}
