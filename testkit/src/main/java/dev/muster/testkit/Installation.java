package dev.muster.testkit;

/// A running Muster as it is reached from outside: addresses and secrets, however it was started.
public interface Installation {

    String portalUrl();

    String ingestUrl();

    /// Pages and API of the mail catcher.
    String mailUrl();

    String bootstrapServers();

    /// The base of Confluent's REST API, as for `schema.registry.url`.
    String registryUrl();

    /// A secret by the name of its variable, such as `MUSTER_TOKEN`.
    String secret(String name);

    /// With our token.
    default Http portal() {
        return Http.at(portalUrl()).as(secret("MUSTER_TOKEN"));
    }

    /// With our token.
    default Http ingest() {
        return Http.at(ingestUrl()).as(secret("MUSTER_TOKEN"));
    }

    default TopicReader topics() {
        return new TopicReader(bootstrapServers(), registryUrl());
    }

    /// Posts a delivery as GitHub does.
    ///
    /// @param deliveryId the same for a delivery that is sent again
    default Http.Answer github(String event, String deliveryId, byte[] body) {
        return Http.at(ingestUrl())
                .with(Signed.githubHeaders(secret("MUSTER_SECRET_GITHUB"), event, deliveryId, body))
                .post("/v1/webhooks/github", body);
    }
}
