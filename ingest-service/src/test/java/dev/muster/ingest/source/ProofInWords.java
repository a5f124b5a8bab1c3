package dev.muster.ingest.source;

import dev.muster.engine.definition.DurationText;
import dev.muster.ingest.source.Authentication.Algorithm;
import dev.muster.ingest.source.Authentication.Encoding;
import dev.muster.ingest.source.Authentication.KeyForm;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// How a source proves who it is, for people.
final class ProofInWords {

    private ProofInWords() {}

    static String of(List<Authentication> ways) {
        return ways.stream()
                .map(ProofInWords::of)
                .filter(words -> !words.isEmpty())
                .collect(Collectors.joining("; or "));
    }

    private static String of(Authentication way) {
        return switch (way) {
            case Authentication.Signature signature
            when signature.key() == KeyForm.STANDARD_WEBHOOKS ->
                signature.algorithm() == Algorithm.ED25519
                        ? "" // told with the other one
                        : "[Standard Webhooks](https://www.standardwebhooks.com) with a secret `whsec_…` or the sender's public key `whpk_…`, at most 5m from now";
            case Authentication.Signature signature -> signature(signature);
            case Authentication.HeaderToken(var header, var prefix) ->
                prefix.isEmpty()
                        ? "the secret in the header `%s`".formatted(header)
                        : "the secret in the header `%s`, after `%s`".formatted(header, prefix.strip());
            case Authentication.Basic _ -> "HTTP basic authentication, with any user and the secret as password";
            case Authentication.SecretPath _ ->
                "the secret at the end of the address, `/v1/webhooks/CONNECTION/SECRET`: keep the address to yourself";
        };
    }

    private static String signature(Authentication.Signature signature) {
        var text = new StringBuilder("%s in %s in the header `%s`"
                .formatted(
                        signature.algorithm() == Algorithm.HMAC_SHA512 ? "HMAC-SHA512" : "HMAC-SHA256",
                        signature.encoding() == Encoding.HEX ? "hex" : "base64",
                        signature.header().toLowerCase(Locale.ROOT)));
        if (!signature.prefix().isEmpty()) {
            text.append(", after `%s`".formatted(signature.prefix()));
        }
        if (!signature.separator().isEmpty()) {
            text.append(", any of several");
        }
        var signed = signature.signed();
        text.append(
                signed.equals(SignedText.BODY_ALONE)
                        ? ", over the body"
                        : ", over `%s{body}%s`"
                                .formatted(signed.before("{id}", "{timestamp}"), signed.after("{id}", "{timestamp}")));
        if (signed.time() != null) {
            text.append(" with the time of `%s`, at most %s from now"
                    .formatted(
                            signed.time().header(),
                            DurationText.format(signed.time().tolerance())));
        }
        return text.toString();
    }
}
