package dev.muster.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cel.common.types.SimpleType;
import dev.muster.engine.definition.DefinitionException;
import dev.muster.engine.definition.Mistakes;
import dev.muster.engine.definition.YamlNode.Scalar;
import dev.muster.engine.definition.YamlReader;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CelFunctionsTest {

    private static @Nullable Object of(String expression, Object body) {
        try {
            var mistakes = new Mistakes();
            var scalar = (Scalar) YamlReader.readOne("x.yaml", "'" + expression.replace("'", "''") + "'");
            var compiled = Expressions.compile(scalar, SimpleType.DYN, mistakes);
            mistakes.throwIfAny();
            return compiled == null ? null : compiled.value(Map.of("body", body));
        } catch (DefinitionException | MappingRefused e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    https://github.com/Acme/Payments | github.com/acme/payments
                    https://github.com/Acme/Payments.git | github.com/acme/payments
                    https://x-token:s3cret@github.com/acme/payments.git | github.com/acme/payments
                    https://github.com:443/acme/payments/ | github.com/acme/payments
                    https://github.com/acme/mono/tree/main/services/pay | github.com/acme/mono
                    https://github.com/acme/payments?ref=main#readme | github.com/acme/payments
                    git@github.com:acme/payments.git | github.com/acme/payments
                    ssh://git@github.com:22/acme/payments.git | github.com/acme/payments
                    ssh://git@github.com/acme/payments | github.com/acme/payments
                    git+https://github.com/acme/payments.git | github.com/acme/payments
                    git+ssh://git@github.com/acme/payments.git | github.com/acme/payments
                    git://github.com/acme/payments.git | github.com/acme/payments
                    scm:git:https://github.com/acme/payments.git | github.com/acme/payments
                    scm:git:git@github.com:acme/payments.git | github.com/acme/payments
                    url:https://github.com/acme/payments | github.com/acme/payments
                    github.com/ossf/scorecard | github.com/ossf/scorecard
                    github.com/acme/payments.js | github.com/acme/payments.js
                    https://gitlab.com/acme/platform/pay/-/tree/main/x | gitlab.com/acme/platform/pay
                    https://gitlab.acme.example/acme/platform/pay.git | gitlab.acme.example/acme/platform/pay
                    https://bitbucket.org/acme/payments/src/main/ | bitbucket.org/acme/payments
                    https://github.com/acme | ''
                    https://github.com/ | ''
                    acme/payments | ''
                    payments | ''
                    registry.acme.example:5000/acme/payments | registry.acme.example/acme/payments
                    https://github.com/acme/pay ments | ''
                    '' | ''
                    """)
    void findsTheRepositoryInAnAddress(String address, String slug) {
        assertThat(of("slug(body.url)", Map.of("url", address))).isEqualTo(slug);
        assertThat(of("slug(body.?url)", Map.of("url", address))).isEqualTo(slug);
    }

    @Test
    void findsNoRepositoryInWhatIsNoText() {
        assertThat(of("slug(body.?url)", Map.of())).isEqualTo("");
        assertThat(of("slug(body.url)", Map.of("url", 7L))).isEqualTo("");
    }

    @Test
    void readsPackageUrls() {
        assertThat(of("purl('pkg:npm/%40angular/animation@12.3.1')", Map.of()))
                .isEqualTo(Map.of("type", "npm", "namespace", "@angular", "name", "animation", "version", "12.3.1"));
        assertThat(of("purl('pkg:maven/org.acme/pay@1.0?type=jar').name", Map.of()))
                .isEqualTo("pay");
        assertThat(of("purl('pkg:cargo/rand').?version.orValue('none')", Map.of()))
                .isEqualTo("none");
        assertThat(of("purl(body.?purl)", Map.of())).isEqualTo(Map.of());
        assertThat(of("purl('not a package')", Map.of())).isEqualTo(Map.of());
    }

    @ParameterizedTest
    @CsvSource({
        "'7', 7.0",
        "' 81.25 ', 81.25",
        "'-1e3', -1000.0",
        "'.5', 0.5",
        "'7 %',",
        "'NaN',",
        "'Infinity',",
        "'0x10',",
        "'1d',",
        "'',",
        "'1e999999',"
    })
    void readsNumbersThatTextsSay(String text, @Nullable Double number) {
        assertThat(of("number(body.text)", Map.of("text", text))).isEqualTo(number);
    }

    @Test
    void readsNumbersAsDoubles() {
        assertThat(of("number(7)", Map.of())).isEqualTo(7.0);
        assertThat(of("number(7.5)", Map.of())).isEqualTo(7.5);
        assertThat(of("number(body.?nothing)", Map.of())).isNull();
        assertThat(of("number(true)", Map.of())).isNull();
    }

    @Test
    void findsObjectsByTheTextOfOneMember() {
        var rules = List.of(
                Map.of("id", "a", "n", 1L),
                Map.of("id", "b", "n", 2L),
                Map.of("id", "a", "n", 3L),
                Map.of("n", 4L),
                "text");

        assertThat(of("keyed(body, 'id')['a'].n", rules)).isEqualTo(1L);
        assertThat(of("keyed(body, 'id')[?'c'].hasValue()", rules)).isEqualTo(false);
        assertThat(of("size(keyed(body, 'id'))", rules)).isEqualTo(2L);
    }

    @Test
    void spreadsWhatLiesInListsWithinObjects() {
        var files = List.of(
                Map.of("name", "a", "results", Map.of("failed", List.of("x", "y"))),
                Map.of("name", "b", "results", Map.of()),
                Map.of("name", "c", "results", Map.of("failed", List.of("z"))),
                "text");

        assertThat(of("spread(body, 'results.failed').map(f, f.of.name + f.it + f.at)", files))
                .isEqualTo(List.of("axresults.failed", "ayresults.failed", "czresults.failed"));
        assertThat(of("spread(body, 'name')", files)).isEqualTo(List.of());
    }
}
