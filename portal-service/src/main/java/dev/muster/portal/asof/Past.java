package dev.muster.portal.asof;

import dev.muster.portal.page.Unknown;
import dev.muster.service.Problem;
import dev.muster.service.ProblemException;
import dev.muster.service.ProblemType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Whether something was declared at an instant, by the records of its key.
final class Past {

    private final String what;
    private final Instant asOf;
    private @Nullable Instant first;
    private @Nullable Instant deleted;
    private boolean there;

    /// @param what such as `entity`
    Past(String what, Instant asOf) {
        this.what = what;
        this.asOf = asOf;
    }

    /// Takes the records in their order.
    ///
    /// @param declared false for a tombstone
    /// @return whether it counts at the instant
    boolean take(Instant at, boolean declared) {
        first = first == null ? at : first;
        if (at.isAfter(asOf)) {
            return false;
        }
        there = declared;
        deleted = declared ? null : at;
        return true;
    }

    /// Makes sure that it was there.
    ///
    /// @throws ProblemException 404, which says since when or until when it was
    void check() {
        if (there) {
            return;
        }
        if (first == null) {
            throw Unknown.exception(what);
        }
        if (deleted != null) {
            throw Problem.of(ProblemType.NOT_FOUND, "The %s was deleted at %s".formatted(what, deleted))
                    .asException();
        }
        throw Problem.of(ProblemType.NOT_FOUND, "What is recorded of the %s begins at %s".formatted(what, first))
                .with("recordedFrom", first)
                .asException();
    }
}
