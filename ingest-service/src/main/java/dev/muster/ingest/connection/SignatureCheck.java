package dev.muster.ingest.connection;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.ingest.source.Authentication;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/// Looks for a code over what is signed, made with one key.
///
/// @param key knows the secret
record SignatureCheck(Authentication.Signature way, SigningKey key) implements Check {

    /// Codes in one header: a sender that changes its secret signs with the old and the new one.
    private static final int MAX_CODES = 8;

    @Override
    public boolean fits(Attempt attempt) {
        var signed = way.signed();
        var time = signed.time();
        var timestamp = time == null ? "" : attempt.only(time.header());
        var inTime = time == null || time.isNear(timestamp, attempt.now());
        var id = signed.idHeader() == null ? "" : attempt.only(signed.idHeader());
        var named = signed.idHeader() == null || !id.isEmpty();
        var content = List.of(
                signed.before(id, inTime ? timestamp : "").getBytes(UTF_8),
                attempt.body(),
                signed.after(id, inTime ? timestamp : "").getBytes(UTF_8));
        var made = key.signed(codes(attempt.only(way.header())), content); // before anything is decided
        return made && inTime && named;
    }

    private List<String> codes(String header) {
        return way.separator().isEmpty()
                ? List.of(header)
                : Arrays.stream(header.split(Pattern.quote(way.separator())))
                        .map(String::strip)
                        .limit(MAX_CODES)
                        .toList();
    }

    @Override
    public String toString() {
        return "SignatureCheck[" + way.header() + ", ***]";
    }
}
