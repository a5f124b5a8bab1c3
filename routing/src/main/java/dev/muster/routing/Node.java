package dev.muster.routing;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One node of the tree.
///
/// @param path names from the root, such as `tier-1/lost-levels`; `default` for the root
/// @param when further condition, null for none
/// @param goesOn whether siblings behind it are looked at, too
record Node(
        String path, Matchers match, @Nullable Condition when, boolean goesOn, Sending sending, List<Node> children) {

    Node {
        children = List.copyOf(children);
    }

    /// Why the change does not fit, in words; empty when it fits.
    Optional<String> mismatch(Change change) {
        var mismatch = match.mismatch(change);
        return mismatch.isPresent() || when == null || when.holds(change)
                ? mismatch
                : Optional.of("'when' is not true: " + when.text());
    }
}
