package dev.muster.notifier.pipeline;

import dev.muster.routing.Routes;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The routes that hold now, and what is wrong with a newer file that does not.
public final class RoutesInUse {

    private record State(
            Routes routes, Instant since, @Nullable String mistakes) {}

    private volatile State state;

    /// @param since when they were read
    public RoutesInUse(Routes routes, Instant since) {
        this.state = new State(routes, since, null);
    }

    /// Those that hold.
    public Routes now() {
        return state.routes();
    }

    /// Since when they hold.
    public Instant since() {
        return state.since();
    }

    /// What is wrong with the file as it is now; empty when it holds.
    public Optional<String> mistakes() {
        return Optional.ofNullable(state.mistakes());
    }

    /// These hold from now on.
    public void take(Routes routes, Instant at) {
        state = new State(routes, at, null);
    }

    /// A newer file cannot be taken; what held before goes on.
    public void refuse(String mistakes) {
        var before = state;
        state = new State(before.routes(), before.since(), mistakes);
    }
}
