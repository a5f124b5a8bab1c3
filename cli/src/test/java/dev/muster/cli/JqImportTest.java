package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelOptions;
import dev.cel.common.types.SimpleType;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// What the translation says is run, and gives what jq 1.6 gave for the same filter and input, without the
/// nulls in lists.
class JqImportTest {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_LONG_FOR_INTS)
            .build();

    private static final Cel CEL = CelFactory.plannerCelBuilder()
            .setOptions(CelOptions.current()
                    .enableOptionalSyntax(true)
                    .enableHeterogeneousNumericComparisons(true)
                    .build())
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addCompilerLibraries(CelExtensions.optional())
            .addRuntimeLibraries(CelExtensions.optional())
            .addVar("body", SimpleType.DYN)
            .build();

    private static final String INPUT = """
            {"a": {"b": [{"c": 1}, {"c": 2}], "x y": "spaced", "in": "reserved"},
             "items": [{"id": "one", "kind": "x", "n": 1}, {"id": "two", "kind": "y", "n": 2}, {"id": "three", "kind": "x"}],
             "level": "high", "zero": 0, "it's": "quoted"}""";

    private static @Nullable Object run(String cel) {
        try {
            var given =
                    CEL.createProgram(CEL.compile(cel).getAst()).eval(Map.of("body", JSON.readValue(INPUT, Map.class)));
            return given instanceof Optional<?> maybe ? maybe.orElse(null) : given;
        } catch (Exception e) {
            throw new IllegalStateException(cel, e);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    .level | "high"
                    .a.b[0].c | 1
                    .a.b[1]["c"] | 2
                    .a."x y" | "spaced"
                    .a["x y"] | "spaced"
                    .a.in | "reserved"
                    .["it's"] | "quoted"
                    .nothing | null
                    .nothing.at.all | null
                    .nothing[0].x | null
                    .a.b[7].c | null
                    .a?.b?[0]?.c | 1
                    .nothing // "default" | "default"
                    .level // "default" | "high"
                    .nothing // .level | "high"
                    .nothing // .also // 7 | 7
                    .zero // 7 | 0
                    .nothing // [] | []
                    """)
    void saysTheSameAsJq(String jq, String json) {
        assertThat(run(JqImport.cel(jq, "body"))).as(jq).isEqualTo(JSON.readValue(json, Object.class));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
                    .a.b | .[0] | .c ; 1
                    [.items[].id] ; ["one", "two", "three"]
                    [.items[].n] ; [1, 2]
                    .items | map(.id) ; ["one", "two", "three"]
                    .items | map(.kind // "none") ; ["x", "y", "x"]
                    .items | map(.n // 0) ; [1, 2, 0]
                    .items | map(select(.kind == "x")) | map(.id) ; ["one", "three"]
                    .items | map(select(.kind == "x") | .id) ; ["one", "three"]
                    [.items[] | select(.kind == "x") | .id] ; ["one", "three"]
                    [.items[] | select(.kind != "x") | .id] ; ["two"]
                    [.items[] | select(.n == 2) | .id] ; ["two"]
                    [.items[] | select(.n == null) | .id] ; ["three"]
                    [.items[] | select(.n != 1) | .id] ; ["two", "three"]
                    .items | map(select(.nothing.at == "x")) ; []
                    select(.level == "high") | .zero ; 0
                    select(.level == "low") | .zero ; null
                    .a | select(.in == "reserved") | .b[0].c ; 1
                    [.level] ; ["high"]
                    """)
    void readsListsAsJqDoes(String jq, String json) {
        assertThat(run(JqImport.cel(jq, "body"))).as(jq).isEqualTo(JSON.readValue(json, Object.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "level",
                ".a | length",
                ".a.b[-1]",
                ".a.b[1:2]",
                ".. | .c",
                ".a as $x | $x",
                "if .a then 1 else 2 end",
                "def f: .; f",
                ".a |= 1",
                ".a + 1",
                ".items[].tags[]",
                "{a: .b}",
                ".a; .b",
                ".a, .b",
                "select(.a)",
                "select(.a > 1)",
                "select(.a == .b)",
                "map(.a",
                ".items | map(.[])",
                "recurse",
                "env",
                ".a // ",
                ".a | \"\\(.b)\""
            })
    void refusesWhatItWouldOnlyHalfUnderstand(String jq) {
        assertThatThrownBy(() -> JqImport.cel(jq, "body"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("jq, column ")
                .hasMessageContaining("Supported are paths");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    .a | length ; column 6: cannot say 'length' in CEL
                    .a + 1 ; column 4: cannot say '+ 1' in CEL
                    .a // ; column 6: cannot say an end here in CEL
                    """)
    void saysWhereItStopped(String jq, String said) {
        assertThatThrownBy(() -> JqImport.cel(jq, "body")).hasMessageContaining(said);
    }

    @Test
    void readsWhatDotIs() {
        assertThat(JqImport.cel(".a.b", "item")).isEqualTo("item.?a.?b");
        assertThat(JqImport.cel(".", "item")).isEqualTo("item");
        assertThat(List.of(JqImport.cel(".[]", "body"))).containsExactly("body");
    }
}
