package dev.muster.notifier.webhook;

import dev.muster.notifier.delivery.Envelope;

/// Makes the body of a webhook.
public interface WebhookBody {

    /// Bytes of a body, as Standard Webhooks recommends.
    int MOST = 20 * 1024;

    /// For the header `Content-Type`.
    String type();

    String of(Envelope envelope);
}
