package dev.muster.ingest.source;

import dev.muster.ingest.source.Authentication.Algorithm;
import dev.muster.ingest.source.Authentication.Encoding;
import dev.muster.ingest.source.Authentication.KeyForm;
import dev.muster.ingest.source.Authentication.Signature;
import java.time.Duration;
import java.util.List;

/// The [Standard Webhooks](https://www.standardwebhooks.com) scheme in the terms of every other signature:
/// `v1` with a shared secret (`whsec_`) and `v1a` with the sender's public key (`whpk_`).
public final class StandardWebhooks {

    public static final String ID = "webhook-id";
    public static final String TIMESTAMP = "webhook-timestamp";
    public static final String SIGNATURE = "webhook-signature";

    /// What its reference libraries allow.
    public static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final SignedText SIGNED =
            new SignedText("{id}.{timestamp}.", "", ID, new SignedTime(TIMESTAMP, TOLERANCE));

    /// Either is enough.
    public static final List<Authentication> WAYS =
            List.of(way(Algorithm.HMAC_SHA256, "v1,"), way(Algorithm.ED25519, "v1a,"));

    private StandardWebhooks() {}

    private static Signature way(Algorithm algorithm, String prefix) {
        return new Signature(algorithm, KeyForm.STANDARD_WEBHOOKS, SIGNATURE, prefix, " ", Encoding.BASE64, SIGNED);
    }
}
