package dev.muster.ingest.webhook;

/// Where senders call.
final class WebhookPaths {

    static final String CONNECTION = "/v1/webhooks/{name}";

    /// The last part is a secret: it must not appear in a log, a trace or a metric.
    static final String WITH_SECRET = "/v1/webhooks/{name}/{secret}";

    private WebhookPaths() {}
}
