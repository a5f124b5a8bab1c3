package dev.muster.ingest.source;

/// How a sender asks whether its deliveries are welcome before it sends the first.
public enum Handshake {
    /// `GET` with `X-Okta-Verification-Challenge`, answered with the challenge.
    OKTA,
    /// `OPTIONS` with `WebHook-Request-Origin`, answered with the origin, as the webhook
    /// specification of CloudEvents says.
    CLOUDEVENTS
}
