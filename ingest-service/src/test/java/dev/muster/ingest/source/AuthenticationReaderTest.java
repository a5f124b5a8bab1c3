package dev.muster.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.engine.definition.DefinitionException;
import dev.muster.engine.definition.Mistake;
import dev.muster.ingest.source.Authentication.Algorithm;
import dev.muster.ingest.source.Authentication.Encoding;
import dev.muster.ingest.source.Authentication.KeyForm;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthenticationReaderTest {

    private static String definition(String authentication, String more) {
        return """
                apiVersion: muster.dev/v1
                kind: Source
                metadata: { name: tool }
                spec:
                  authentication:
                    - %s
                %s
                  event: "'x'"
                """.formatted(authentication, more.indent(2));
    }

    private static SourceDefinition read(String authentication, String more) {
        try {
            return new SourceReader(Shipped.FACTS).read("source.yaml", definition(authentication, more));
        } catch (DefinitionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> mistakes(String authentication, String more) {
        try {
            new SourceReader(Shipped.FACTS).read("source.yaml", definition(authentication, more));
            return List.of();
        } catch (DefinitionException e) {
            return e.mistakes().stream().map(Mistake::toString).toList();
        }
    }

    @Test
    void readsASignatureWithAllItsOptions() {
        var read = read(
                "{ scheme: hmac-sha512, header: X-Sig, prefix: 'v0=', separator: ' ', encoding: base64, "
                        + "signed: 'v0:{id}:{timestamp}:{body}.', timestamp: { header: X-Time, tolerance: 90s }, id: { header: X-Id } }",
                "");

        assertThat(read.authentication())
                .containsExactly(new Authentication.Signature(
                        Algorithm.HMAC_SHA512,
                        KeyForm.TEXT,
                        "x-sig",
                        "v0=",
                        " ",
                        Encoding.BASE64,
                        new SignedText(
                                "v0:{id}:{timestamp}:",
                                ".",
                                "x-id",
                                new SignedTime("x-time", Duration.ofSeconds(90)))));
    }

    @Test
    void readsTheSchemesThatNeedNoOptions() {
        assertThat(read("{ scheme: standard-webhooks }", "").authentication()).isEqualTo(StandardWebhooks.WAYS);
        assertThat(read("{ scheme: secret-path }", "").authentication())
                .containsExactly(new Authentication.SecretPath());
        assertThat(read("{ scheme: bearer }", "").authentication())
                .containsExactly(new Authentication.HeaderToken("authorization", "Bearer "));
        assertThat(read("{ scheme: hmac-sha256, header: X-Sig }", "").authentication())
                .containsExactly(new Authentication.Signature(
                        Algorithm.HMAC_SHA256, KeyForm.TEXT, "x-sig", "", "", Encoding.HEX, SignedText.BODY_ALONE));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    { scheme: hmac-sha1, header: X } | source.yaml:6:17: unknown scheme 'hmac-sha1'; did you mean 'hmac-sha512'?
                    { scheme: basic, header: X } | source.yaml:6:32: the scheme basic has no 'header'
                    { scheme: hmac-sha256 } | 'header' is missing
                    { scheme: hmac-sha256, header: 'a b' } | is no header name
                    { scheme: hmac-sha256, header: X, encoding: hexadecimal } | must be one of [hex, base64]
                    { scheme: hmac-sha256, header: X, signed: '{time}{body}' } | unknown {time}; there are {id}, {timestamp} and {body}
                    { scheme: hmac-sha256, header: X, signed: '{timestamp}', timestamp: { header: T } } | must hold {body} once
                    { scheme: hmac-sha256, header: X, signed: '{body}{body}' } | must hold {body} once
                    { scheme: hmac-sha256, header: X, signed: '{timestamp}{body}' } | names {timestamp}, so 'timestamp' must say where it is
                    { scheme: hmac-sha256, header: X, signed: '{id}{body}' } | names {id}, so 'id' must say where it is
                    { scheme: hmac-sha256, header: X, timestamp: { header: T } } | 'signed' does not name {timestamp}
                    { scheme: hmac-sha256, header: X, signed: '{timestamp}{body}', timestamp: { header: T, tolerance: 25h } } | must be a duration above zero and at most 24h
                    { scheme: hmac-sha256, header: X, signed: '{timestamp}{body}', timestamp: { header: T, tolerance: soon } } | must be a duration above zero
                    """)
    void namesEveryMistake(String authentication, String mistake) {
        assertThat(mistakes(authentication, "")).anySatisfy(it -> assertThat(it).contains(mistake));
    }

    @Test
    void readsWhatElseASenderMayWant() {
        var read = read("{ scheme: basic }", """
                handshake: okta
                acceptedStatus: 204
                body: any
                contentTypes: [application/xml]
                deliveryId: { header: X-Id, content: body.id }
                setup: [ Click here ]
                examplesFrom: documentation
                """);

        assertThat(read.sender().handshake()).isEqualTo(Handshake.OKTA);
        assertThat(read.sender().acceptedStatus()).isEqualTo(204);
        assertThat(read.content().listAllowed()).isTrue();
        assertThat(read.sender().deliveryId().header()).isEqualTo("x-id");
        assertThat(read.sender().deliveryId().content()).isNotNull();
        assertThat(read.about().setup()).containsExactly("Click here");
        assertThat(read.about().examplesFrom()).isEqualTo(ExamplesFrom.DOCUMENTATION);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    handshake: hello | must be one of [okta, cloudevents], is 'hello'
                    acceptedStatus: 500 | must be from 200 to 299
                    acceptedStatus: 205 | must be one of [200, 201, 202, 204], is 205
                    body: list | must be one of [object, any], is 'list'
                    deliveryId: {} | needs 'header', where the sender's id is, or 'content', what makes a key
                    deliveryId: { content: '1 + 1' } | must give string, gives int
                    setup: [ '' ] | a step is one line of Markdown
                    examplesFrom: guessing | must be one of [documentation, vendor-tests, captured]
                    keepHeaders: [ Authorization ] | carries a credential or signature; it is never kept
                    """)
    void namesMistakesInWhatElseASenderMayWant(String line, String mistake) {
        assertThat(mistakes("{ scheme: basic }", line))
                .anySatisfy(it -> assertThat(it).contains(mistake));
    }
}
