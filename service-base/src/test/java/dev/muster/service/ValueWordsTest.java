package dev.muster.service;

import static dev.muster.service.ValueWords.change;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValueWordsTest {

    private static String json(String text) {
        return text.replace('\'', '"');
    }

    @Test
    void sayWhichFieldsOfAnItemChanged() {
        assertThat(change(
                        json("{'package':'left-pad','severity':'low'}"),
                        json("{'package':'left-pad','severity':'critical'}")))
                .isEqualTo("severity low → critical");
        assertThat(change(json("{'fixAvailable':false,'state':'open'}"), json("{'fixAvailable':true,'state':'fixed'}")))
                .isEqualTo("state open → fixed, fix available false → true");
        assertThat(change(json("{'state':'open'}"), json("{'by':'octavia','state':'open'}")))
                .isEqualTo("by none → octavia");
    }

    @Test
    void sayWhatIsTellingOfAnItemThatCameOrWent() {
        var item = json(
                "{'ecosystem':'npm','id':'CVE-2026-1','package':'left-pad','severity':'critical','url':'https://x'}");

        assertThat(change(null, item)).isEqualTo("new: severity critical, package left-pad, id CVE-2026-1, …");
        assertThat(change(item, null)).isEqualTo("gone: severity critical, package left-pad, id CVE-2026-1, …");
        assertThat(change(null, "{}")).isEqualTo("new: no fields");
    }

    @Test
    void sayWhatAnItemIsOfWhichNothingChanged() {
        assertThat(change(json("{'state':'open'}"), json("{'state':'open'}"))).isEqualTo("state open");
    }

    @Test
    void leavePlainValuesAsTheyAre() {
        assertThat(change("1 item", "2 items")).isEqualTo("1 item → 2 items");
        assertThat(change(null, "0 items")).isEqualTo("none → 0 items");
        assertThat(change("false", "true")).isEqualTo("false → true");
        assertThat(change("84.5", null)).isEqualTo("84.5 → none");
        assertThat(change(json("'silver'"), json("'bronze'"))).isEqualTo("silver → bronze");
        assertThat(change(json("['a']"), json("['a',{'b':1},2,3,4,5]"))).isEqualTo("(a) → (a, …, 2, 3, 4, …)");
        assertThat(change("same", "same")).isEqualTo("same");
        assertThat(change(null, null)).isEqualTo("none");
    }

    @Test
    void readWhatWasCutFromTheFront() {
        assertThat(change(null, json("{'package':'left-pad','severity':'critical','url':'https://exam…")))
                .isEqualTo("new: severity critical, package left-pad");
        assertThat(change(null, json("{'conclusion':'failure','run':12…"))).isEqualTo("new: conclusion failure");
        assertThat(change(
                        json("{'severity':'low','url':'https://exam…"),
                        json("{'severity':'high','state':'open','url':'htt…")))
                .as("what one side may have lost is not said to have changed")
                .isEqualTo("severity low → high");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[",
                "\"",
                "{\"a\"",
                "{\"a\":",
                "nul",
                "{\"a\":{\"b\":[",
                "[1,",
                "{]",
                "\u0000",
                "\ud83d"
            })
    void neverThrow(String text) {
        assertThat(change(text, null)).isNotNull();
        assertThat(change(null, text)).isNotNull();
        assertThat(change(text, text)).isNotNull();
        assertThat(change(text, "{\"a\":1}")).isNotNull();
    }

    @Test
    void stayShort() {
        var large =
                json("{'" + "n".repeat(500) + "':'" + "😀".repeat(500) + "','severity':['" + "x".repeat(900) + "']}");

        assertThat(change(null, large)).hasSizeLessThanOrEqualTo(ValueWords.LONGEST);
        assertThat(change(large, "x".repeat(900))).hasSizeLessThanOrEqualTo(ValueWords.LONGEST);
        assertThat(change("y".repeat(900), "x".repeat(900))).hasSizeLessThanOrEqualTo(ValueWords.LONGEST);
        assertThat(change("[".repeat(50_000), "{\"a\":".repeat(50_000))).hasSizeLessThanOrEqualTo(ValueWords.LONGEST);
    }
}
