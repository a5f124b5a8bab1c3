package dev.muster.notifier.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextTest {

    @Test
    void putsTextOnOneLineWithoutControlCharacters() {
        assertThat(Text.line("x\r\nBcc: a@b\u0000\u001b[31m  red\u2028y\u202e", 100))
                .isEqualTo("x Bcc: a@b[31m red y");
    }

    @Test
    void keepsWhatPeopleWriteWith() {
        assertThat(Text.line("Zahlungen – 支払い 👩‍👩‍👧 ünï", 100)).isEqualTo("Zahlungen – 支払い 👩‍👩‍👧 ünï");
    }

    @Test
    void cutsBetweenCharactersAsPeopleCountThem() {
        var cut = Text.line("👩‍👩‍👧".repeat(100), 20);

        assertThat(cut).hasSizeLessThanOrEqualTo(20).endsWith("…").startsWith("👩‍👩‍👧");
        assertThat(cut.length() - 1).isEqualTo(16);
    }

    @Test
    void cutsTenThousandEmojiQuickly() {
        assertThat(Text.line("😀".repeat(10_000), 100)).hasSizeLessThanOrEqualTo(100);
    }

    @Test
    void keepsOutOfTheLedgerWhatItCannotHold() {
        assertThat(Text.stored("a\u0000b\ud800c")).isEqualTo("abc");
        assertThat(Text.stored("a😀b")).isEqualTo("a😀b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "data:text/html,x",
                "//evil.example",
                "https://user@evil.example/",
                "ftp://a.example",
                "https://",
                "not a url",
                "https://a b"
            })
    void takesNoAddressThatIsNotSafeToFollow(String address) {
        assertThat(Links.checked(address)).isEmpty();
    }

    @Test
    void linksTheEntityAsThePortalReadsIt() {
        var links = new Links(URI.create("https://muster.example/"));

        assertThat(links.entity("component:default/payments"))
                .isEqualTo("https://muster.example/entities/component:default/payments");
        assertThat(links.entity("component:default/a b\"<>?#"))
                .isEqualTo("https://muster.example/entities/component:default/a%20b%22%3C%3E%3F%23");
    }
}
