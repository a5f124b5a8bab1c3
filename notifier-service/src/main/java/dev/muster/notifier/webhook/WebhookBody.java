package dev.muster.notifier.webhook;

import dev.muster.notifier.delivery.Envelope;
import dev.muster.notifier.delivery.PlainText;

/// Makes the body of a webhook.
public interface WebhookBody {

    /// Bytes of a body, as Standard Webhooks recommends.
    int MOST = 20 * 1024;

    /// For the header `Content-Type`.
    String type();

    /// The body of one message.
    ///
    /// @param text makes plain text of it
    String of(Envelope envelope, PlainText text);
}
