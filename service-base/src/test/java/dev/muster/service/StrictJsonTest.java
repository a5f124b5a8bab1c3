package dev.muster.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class StrictJsonTest {

    private final StrictJson json = StrictJson.withDefaults();

    @Test
    void givesPlainValues() throws UnreadableJsonException {
        assertThat(json.readObject("""
                        {"text":"é","long":9007199254740993,"double":1.5,"yes":true,"list":[1,{"a":null}]}
                        """.getBytes(UTF_8)))
                .containsExactly(
                        Map.entry("text", "é"),
                        Map.entry("long", 9007199254740993L),
                        Map.entry("double", 1.5),
                        Map.entry("yes", true),
                        Map.entry("list", java.util.Arrays.asList(1L, java.util.Collections.singletonMap("a", null))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{\"a\":1",
                "{\"a\":1}}",
                "{\"a\":1}{\"b\":2}",
                "{'a':1}",
                "{\"a\":1,}",
                "{\"a\":NaN}",
                "{\"a\":01}",
                "[1]",
                "\"text\"",
                "{\"a\":1,\"a\":2}",
                "{\"b\":{\"a\":1,\"a\":null}}",
                "{\"b\":[{\"a\":null,\"a\":1}]}",
                "{\"a\":99999999999999999999}",
                "{\"a\":1e999999999}",
                "{\"a\":-1e400}",
                "{\"a\":\"\u0001\"}"
            })
    void refusesWhatIsNotOneJsonObject(String text) {
        assertThatThrownBy(() -> json.readObject(text.getBytes(UTF_8))).isInstanceOf(UnreadableJsonException.class);
    }

    @Test
    void takesANameThatSaysTheSameTwice() throws UnreadableJsonException {
        assertThat(json.readObject("{\"a\":{\"b\":[1]},\"a\":{\"b\":[1]}}".getBytes(UTF_8)))
                .containsExactly(Map.entry("a", Map.of("b", java.util.List.of(1L))));
    }

    @Test
    void refusesBytesThatAreNoText() {
        byte[] bytes = {'{', '"', 'a', '"', ':', '"', (byte) 0xff, (byte) 0xfe, '"', '}'};
        assertThatThrownBy(() -> json.read(bytes)).isInstanceOf(UnreadableJsonException.class);
    }

    @Test
    void saysWhereItStopped() {
        var e = catchThrowableOfType(
                UnreadableJsonException.class, () -> json.read("{\n  \"a\": tru\n}".getBytes(UTF_8)));
        assertThat(e.line()).isEqualTo(2);
        assertThat(e.column()).isPositive();
    }

    @Test
    void reads64LevelsAndRefuses65() throws UnreadableJsonException {
        json.read(nested(64));
        assertThatThrownBy(() -> json.read(nested(65)))
                .isInstanceOf(UnreadableJsonException.class)
                .hasMessage("Document nesting depth (65) exceeds the maximum allowed (64)");
    }

    @Test
    void saysWhereALimitWasPassed() {
        var text = "{\"a\":\n" + "[".repeat(64) + "]".repeat(64) + "}";
        var e = catchThrowableOfType(UnreadableJsonException.class, () -> json.read(text.getBytes(UTF_8)));
        assertThat(e.line()).isEqualTo(2);
        assertThat(e.column()).isBetween(64, 65);
    }

    @Test
    void tellsNothingOfTheSwitchesOfItsReader() {
        assertThatThrownBy(() -> json.read("{\"a\":NaN}".getBytes(UTF_8))).hasMessage("Non-standard token 'NaN'");
    }

    @Test
    void holdsEveryOtherLimitToo() {
        var tight = new StrictJson(new JsonSettings(64, DataSize.ofBytes(1000), 20, 10, 10, 10));
        assertThatThrownBy(() -> tight.read(("{\"a\":1" + " ".repeat(2000) + "}").getBytes(UTF_8)))
                .hasMessageContaining("1000");
        assertThatThrownBy(() -> tight.read(("[1" + ",1".repeat(30) + "]").getBytes(UTF_8)))
                .hasMessageContaining("20");
        assertThatThrownBy(() -> tight.read("[\"01234567890123456789\"]".getBytes(UTF_8)))
                .isInstanceOf(UnreadableJsonException.class);
        assertThatThrownBy(() -> tight.read("{\"01234567890123456789\":1}".getBytes(UTF_8)))
                .isInstanceOf(UnreadableJsonException.class);
        assertThatThrownBy(() -> tight.read("[12345678901234567890]".getBytes(UTF_8)))
                .isInstanceOf(UnreadableJsonException.class);
    }

    @Test
    void becomesAProblemThatSaysWhere() {
        var e = catchThrowableOfType(
                UnreadableJsonException.class, () -> json.read("{\"a\":1,\"a\":2}".getBytes(UTF_8)));
        assertThat(e.problem().type()).isEqualTo(ProblemType.MALFORMED_REQUEST);
        assertThat(e.problem().errors()).singleElement().satisfies(error -> {
            assertThat(error.line()).isEqualTo(1);
            assertThat(error.message()).contains("Duplicate", "a");
        });
    }

    private static byte[] nested(int depth) {
        return ("[".repeat(depth) + "]".repeat(depth)).getBytes(UTF_8);
    }
}
