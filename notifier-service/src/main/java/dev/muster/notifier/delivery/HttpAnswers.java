package dev.muster.notifier.delivery;

import dev.muster.notifier.delivery.Attempt.GivenUp;
import dev.muster.notifier.delivery.Attempt.Pause;
import dev.muster.notifier.delivery.Attempt.Shorten;
import dev.muster.notifier.delivery.Attempt.TryAgain;
import dev.muster.notifier.ledger.FailedBecause;
import java.time.Duration;

/// What an HTTP status other than 2xx means, for every channel the same.
public final class HttpAnswers {

    private HttpAnswers() {}

    /// The attempt that ended with `status`.
    ///
    /// @param retryAfter what the receiver asked for; zero for nothing
    public static Attempt of(int status, Duration retryAfter) {
        var detail = "HTTP " + status;
        return switch (status) {
            case 408, 425 -> new TryAgain(FailedBecause.TIMED_OUT, retryAfter, Pause.NOTHING, detail);
            case 429 -> new TryAgain(FailedBecause.RATE_LIMITED, retryAfter, Pause.DESTINATION, detail);
            case 400, 413, 422 -> new Shorten(detail);
            case 401, 403 -> new GivenUp(FailedBecause.UNAUTHORISED, detail);
            case 404, 410 -> new GivenUp(FailedBecause.GONE, detail);
            case 501, 505 -> new GivenUp(FailedBecause.REFUSED, detail);
            default ->
                switch (status / 100) {
                    case 3 -> new GivenUp(FailedBecause.REDIRECTED, detail);
                    case 5 -> new TryAgain(FailedBecause.SERVER_ERROR, retryAfter, pause(retryAfter), detail);
                    default -> new GivenUp(FailedBecause.REFUSED, detail);
                };
        };
    }

    /// A receiver in trouble that says when to come back means all messages, not just this one.
    private static Pause pause(Duration retryAfter) {
        return retryAfter.isZero() ? Pause.NOTHING : Pause.DESTINATION;
    }
}
