package dev.muster.ingest.source;

import static dev.muster.ingest.source.SourceReader.choice;

import dev.muster.engine.definition.DurationText;
import dev.muster.engine.definition.Mistakes;
import dev.muster.engine.definition.Nearest;
import dev.muster.engine.definition.YamlFields;
import dev.muster.engine.definition.YamlNode;
import dev.muster.engine.definition.YamlNode.Scalar;
import dev.muster.ingest.source.Authentication.Algorithm;
import dev.muster.ingest.source.Authentication.Encoding;
import dev.muster.ingest.source.Authentication.KeyForm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads `spec.authentication`.
final class AuthenticationReader {

    private static final int MAX_WAYS = 8;
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]{1,60}");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{[^}]*}");
    private static final List<String> SIGNATURE =
            List.of("header", "prefix", "encoding", "separator", "signed", "timestamp", "id");
    private static final Duration LONGEST_TOLERANCE = Duration.ofHours(24);

    /// The keys of each scheme.
    private static final Map<String, List<String>> SCHEMES = schemes();

    private final Mistakes mistakes;

    AuthenticationReader(Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    private static Map<String, List<String>> schemes() {
        var schemes = new LinkedHashMap<String, List<String>>();
        schemes.put("hmac-sha256", SIGNATURE);
        schemes.put("hmac-sha512", SIGNATURE);
        schemes.put("standard-webhooks", List.of());
        schemes.put("header-token", List.of("header", "prefix"));
        schemes.put("bearer", List.of());
        schemes.put("basic", List.of());
        schemes.put("secret-path", List.of());
        return schemes;
    }

    List<Authentication> ways(YamlFields spec) {
        var ways = new ArrayList<Authentication>();
        for (var node : spec.list("authentication")) {
            ways.addAll(ways(node));
        }
        if (ways.isEmpty()) {
            mistakes.add(spec.place("authentication"), "'authentication' is missing: nobody gets in without one");
        }
        if (ways.size() > MAX_WAYS) {
            mistakes.add(spec.place("authentication"), "has " + ways.size() + " ways, more than " + MAX_WAYS);
        }
        return List.copyOf(ways);
    }

    private List<Authentication> ways(YamlNode node) {
        var keys = new ArrayList<>(SIGNATURE);
        keys.addFirst("scheme");
        var fields = YamlFields.of(node, mistakes, keys);
        var scheme = fields.requiredText("scheme");
        var own = SCHEMES.get(scheme);
        if (own == null) {
            if (!scheme.isEmpty()) {
                mistakes.add(
                        fields.place("scheme"),
                        "unknown scheme '" + scheme + "'" + Nearest.hint(scheme, SCHEMES.keySet()) + "; known are "
                                + String.join(", ", SCHEMES.keySet()));
            }
            return List.of();
        }
        SIGNATURE.stream()
                .filter(key -> fields.has(key) && !own.contains(key))
                .forEach(key -> mistakes.add(fields.place(key), "the scheme " + scheme + " has no '" + key + "'"));
        return switch (scheme) {
            case "hmac-sha256" -> List.of(signature(fields, Algorithm.HMAC_SHA256));
            case "hmac-sha512" -> List.of(signature(fields, Algorithm.HMAC_SHA512));
            case "standard-webhooks" -> StandardWebhooks.WAYS;
            case "header-token" -> List.of(new Authentication.HeaderToken(header(fields), verbatim(fields, "prefix")));
            case "bearer" -> List.of(new Authentication.HeaderToken("authorization", "Bearer "));
            case "basic" -> List.of(new Authentication.Basic());
            default -> List.of(new Authentication.SecretPath());
        };
    }

    private Authentication signature(YamlFields fields, Algorithm algorithm) {
        return new Authentication.Signature(
                algorithm,
                KeyForm.TEXT,
                header(fields),
                verbatim(fields, "prefix"),
                verbatim(fields, "separator"),
                choice(fields, "encoding", Encoding.class, Encoding.HEX, mistakes),
                signed(fields));
    }

    private SignedText signed(YamlFields fields) {
        var template = fields.has("signed") ? verbatim(fields, "signed") : SignedText.BODY;
        PLACEHOLDER
                .matcher(template)
                .results()
                .map(found -> found.group())
                .filter(name -> !List.of(SignedText.ID, SignedText.TIMESTAMP, SignedText.BODY)
                        .contains(name))
                .forEach(name -> mistakes.add(
                        fields.place("signed"), "unknown " + name + "; there are {id}, {timestamp} and {body}"));
        var at = template.indexOf(SignedText.BODY);
        if (at < 0 || at != template.lastIndexOf(SignedText.BODY)) {
            mistakes.add(fields.place("signed"), "must hold {body} once, or the body could be changed");
        }
        var time = time(fields);
        needs(fields, template, "timestamp", SignedText.TIMESTAMP);
        needs(fields, template, "id", SignedText.ID);
        return at < 0
                ? SignedText.BODY_ALONE
                : new SignedText(
                        template.substring(0, at), template.substring(at + SignedText.BODY.length()), id(fields), time);
    }

    private void needs(YamlFields fields, String template, String key, String placeholder) {
        if (template.contains(placeholder) && !fields.has(key)) {
            mistakes.add(fields.place("signed"), "names " + placeholder + ", so '" + key + "' must say where it is");
        }
        if (!template.contains(placeholder) && fields.has(key)) {
            mistakes.add(
                    fields.place(key),
                    "'signed' does not name " + placeholder
                            + ": what is not signed proves nothing and anybody can set it");
        }
    }

    private @Nullable SignedTime time(YamlFields fields) {
        if (!fields.has("timestamp")) {
            return null;
        }
        var time = fields.fields("timestamp", List.of("header", "tolerance"));
        var text = time.text("tolerance");
        Optional<Duration> tolerance =
                text.isEmpty() ? Optional.of(StandardWebhooks.TOLERANCE) : DurationText.parse(text.get());
        if (tolerance.isEmpty()
                || !tolerance.get().isPositive()
                || tolerance.get().compareTo(LONGEST_TOLERANCE) > 0) {
            mistakes.add(time.place("tolerance"), "must be a duration above zero and at most 24h, such as 5m");
        }
        return new SignedTime(header(time), tolerance.orElse(StandardWebhooks.TOLERANCE));
    }

    private @Nullable String id(YamlFields fields) {
        return fields.has("id") ? header(fields.fields("id", List.of("header"))) : null;
    }

    private static String verbatim(YamlFields fields, String key) {
        return fields.scalar(key).map(Scalar::text).orElse("");
    }

    private String header(YamlFields fields) {
        return header(fields, "header", mistakes);
    }

    /// A required name of a header, lower-case.
    static String header(YamlFields fields, String key, Mistakes mistakes) {
        var header = fields.requiredText(key);
        if (!header.isEmpty() && !HEADER.matcher(header).matches()) {
            mistakes.add(fields.place(key), "is no header name");
        }
        return header.toLowerCase(Locale.ROOT);
    }
}
