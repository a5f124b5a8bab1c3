package dev.muster.engine.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.engine.definition.YamlNode.Mapping;
import dev.muster.engine.definition.YamlNode.Scalar;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {

    @Test
    void readsDocumentsWithTheirPlaces() throws Exception {
        var documents = YamlReader.read("a.yaml", """
                a: 1
                b:
                  - x: true
                    y: [1.5, ~, 'z', 0x10]
                ---
                c: text
                """);
        assertThat(documents).hasSize(2);
        assertThat(documents.getFirst().plain())
                .isEqualTo(Map.of(
                        "a", 1L, "b", List.of(map("x", true, "y", java.util.Arrays.asList(1.5, null, "z", 16L)))));
        var b = ((Mapping) documents.getFirst()).get("b");
        assertThat(b.place()).isEqualTo(new Place("a.yaml", 3, 3, "b"));
        assertThat(documents.get(1).place()).isEqualTo(new Place("a.yaml", 6, 1, ""));
    }

    @Test
    void refusesAliasesAndAnchorsSoThatNoBombGoesOff() {
        var bomb = """
                a: &a [lol, lol]
                b: &b [*a, *a]
                c: [*b, *b]
                """;
        assertThat(mistakes(bomb))
                .extracting(Mistake::toString)
                .containsExactly(
                        "f.yaml:1:4: anchors are not read; remove &a (a)",
                        "f.yaml:2:4: anchors are not read; remove &b (b)",
                        "f.yaml:2:8: aliases are not read; write the value out (b[0])",
                        "f.yaml:2:12: aliases are not read; write the value out (b[1])",
                        "f.yaml:3:5: aliases are not read; write the value out (c[0])",
                        "f.yaml:3:9: aliases are not read; write the value out (c[1])");
    }

    @Test
    void refusesKeysThatAreThereTwice() {
        assertThat(mistakes("a: 1\nb: 2\na: 3\n"))
                .containsExactly(new Mistake("f.yaml", 3, 1, "a", "the key 'a' is there twice"));
    }

    @Test
    void refusesTagsAndKeysThatAreNotText() {
        assertThat(mistakes("a: !!java.net.URL [x]\nb: !x y\n? [k]\n: 1\n"))
                .extracting(Mistake::line, Mistake::column)
                .containsExactly(tuple(1, 4), tuple(2, 4), tuple(3, 3));
    }

    @Test
    void refusesWhatIsNestedTooDeeply() {
        assertThat(mistakes("[".repeat(5_000) + "]".repeat(5_000)))
                .containsExactly(new Mistake("f.yaml", 1, 33, "[0]".repeat(32), "is nested deeper than 32"));
    }

    @Test
    void refusesWhatIsTooLarge() {
        assertThat(mistakes("a: " + "x".repeat(2 << 20)))
                .singleElement()
                .satisfies(mistake -> assertThat(mistake.message()).contains("more than 1048576"));
        assertThat(mistakes("[" + "1,".repeat(60_000) + "1]"))
                .singleElement()
                .satisfies(mistake -> assertThat(mistake.message()).isEqualTo("has more than 50000 nodes"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: [", "a: b: c", "\ta: 1", "a: 'x", "%YAML 9.9\n---\na: 1", "- a\nb: 1", "\u0001"})
    void saysWhereItIsNotYaml(String yaml) {
        assertThat(mistakes(yaml)).isNotEmpty().allSatisfy(mistake -> {
            assertThat(mistake.message()).startsWith("is not YAML");
            assertThat(mistake.line()).isPositive();
            assertThat(mistake.column()).isPositive();
        });
    }

    @Test
    void saysWhereACharacterStandsThatYamlDoesNotAllow() {
        assertThat(mistakes("a: 1\n" + "# a long remark\n".repeat(200) + "b: \"\uD83D\uDE00 x\u0001y\"\n"))
                .containsExactly(new Mistake(
                        "f.yaml", 202, 8, "", "is not YAML: the character U+0001 may not stand here; remove it"));
    }

    @Test
    void saysWhatToDoAboutAnotherVersionOfYaml() {
        assertThat(mistakes("%YAML 3.0\n---\na: 1\n"))
                .containsExactly(
                        new Mistake("f.yaml", 1, 1, "", "is not YAML 1.2; remove the line that begins with %YAML"));
    }

    @Test
    void wantsOneDocumentWhereOneIsExpected() {
        assertThat(catchThrowableOfType(DefinitionException.class, () -> YamlReader.readOne("f", ""))
                        .mistakes())
                .containsExactly(new Mistake("f", 1, 1, "", "is empty"));
        assertThat(catchThrowableOfType(DefinitionException.class, () -> YamlReader.readOne("f", "a: 1\n---\nb: 1"))
                        .mistakes())
                .containsExactly(new Mistake("f", 3, 1, "", "holds more than one document; one is expected"));
    }

    @Test
    void findsTheFilesPlaceOfAPlaceInAScalar() throws Exception {
        var yaml = """
                plain: aaa bbb
                folds: aaa
                  bbb
                  ccc
                single: 'it''s here'
                double: "t\\u00e9 \\"x\\" y"
                literal: |
                  one
                    two
                folded: >-
                  one two
                  three
                emoji: "🙂🙂 x"
                """;
        var document = (Mapping) YamlReader.readOne("f", yaml);
        assertThat(find(document, "plain", "bbb")).isEqualTo("1:12");
        assertThat(find(document, "folds", "bbb")).isEqualTo("3:3");
        assertThat(find(document, "folds", "ccc")).isEqualTo("4:3");
        assertThat(find(document, "single", "here")).isEqualTo("5:16");
        assertThat(find(document, "double", "x")).isEqualTo("6:20");
        assertThat(find(document, "double", "y")).isEqualTo("6:24");
        assertThat(find(document, "literal", "two")).isEqualTo("9:5");
        assertThat(find(document, "folded", "two")).isEqualTo("11:7");
        assertThat(find(document, "folded", "three")).isEqualTo("12:3");
        assertThat(find(document, "emoji", "x")).isEqualTo("13:12");
    }

    @Test
    void findsPlacesBehindAByteOrderMarkAndWindowsLineEnds() throws Exception {
        var document = (Mapping) YamlReader.readOne("f", "\uFEFFa: 1\r\nb: |\r\n  one\r\n  two\r\n");
        assertThat(find(document, "b", "two")).isEqualTo("4:3");
    }

    private static String find(Mapping document, String key, String word) {
        var scalar = (Scalar) document.get(key);
        var before = scalar.text().substring(0, scalar.text().indexOf(word));
        var line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        var lineStart = before.lastIndexOf('\n') + 1;
        var place = scalar.placeOf(line, before.codePointCount(lineStart, before.length()));
        return place.line() + ":" + place.column();
    }

    private static List<Mistake> mistakes(String yaml) {
        return catchThrowableOfType(DefinitionException.class, () -> YamlReader.read("f.yaml", yaml))
                .mistakes();
    }

    private static org.assertj.core.groups.Tuple tuple(Object... values) {
        return org.assertj.core.groups.Tuple.tuple(values);
    }

    private static Map<String, Object> map(Object... pairs) {
        var map = new java.util.LinkedHashMap<String, Object>();
        for (var i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
