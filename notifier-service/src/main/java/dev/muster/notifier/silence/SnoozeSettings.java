package dev.muster.notifier.silence;

import dev.muster.notifier.text.LinkSecret;
import dev.muster.notifier.text.Links;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What an operator may set for links that snooze, checked.
///
/// @param root public address of the notifier, without a slash at its end; null for no links
/// @param secret what they are signed with; null for no links
/// @param valid how long one works
public record SnoozeSettings(
        @Nullable String root, @Nullable LinkSecret secret, Duration valid) {

    private static final int LONGEST = 150;

    /// Settings as they are given; without address or secret there are no links.
    ///
    /// @throws IllegalArgumentException that names the property, without the secret
    public static SnoozeSettings of(@Nullable URI url, @Nullable String secret, Duration valid) {
        if (url == null || url.toString().isBlank() || secret == null || secret.isBlank()) {
            return new SnoozeSettings(null, null, valid);
        }
        var root = Links.checked(url.toString())
                .filter(it -> it.length() <= LONGEST)
                .orElseThrow(() -> new IllegalArgumentException(
                        "muster.notifier.snooze.url must be an https or http address of at most %d characters"
                                .formatted(LONGEST)));
        return new SnoozeSettings(
                root.replaceAll("/+$", ""), LinkSecret.of("snooze", "muster.notifier.snooze.secret", secret), valid);
    }
}
