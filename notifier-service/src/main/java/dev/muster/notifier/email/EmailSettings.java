package dev.muster.notifier.email;

import dev.muster.notifier.text.Digest;
import org.jspecify.annotations.Nullable;

/// What an operator may set for mail, checked. The server is set by `spring.mail.*`.
///
/// @param from address that mail comes from
/// @param name name that stands before it
/// @param unsubscribing links that end mail; null for none
public record EmailSettings(
        String from, String name, @Nullable UnsubscribeLinks unsubscribing) {

    public EmailSettings {
        HeaderValue.check("muster.notifier.email.from", from);
        HeaderValue.check("muster.notifier.email.name", name);
        if (!from.matches("[^@\\s<>]+@[^@\\s<>]+")) {
            throw new IllegalArgumentException("muster.notifier.email.from must be one plain mail address");
        }
    }

    String domain() {
        return from.substring(from.indexOf('@') + 1);
    }

    /// Message-ID of a notification for one recipient: the same in every attempt, so that a duplicate is recognised.
    String messageId(String notificationId, String address) {
        return "<%s.%s@%s>".formatted(notificationId, Digest.of(address).substring(0, 8), domain());
    }
}
