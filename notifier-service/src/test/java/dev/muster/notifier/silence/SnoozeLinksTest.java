package dev.muster.notifier.silence;

import static dev.muster.notifier.transition.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.notifier.silence.SnoozeLinks.Read.Expired;
import dev.muster.notifier.silence.SnoozeLinks.Read.Foreign;
import dev.muster.notifier.silence.SnoozeLinks.Read.Good;
import dev.muster.notifier.silence.SnoozeLinks.Span;
import dev.muster.notifier.text.LinkSecret;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnoozeLinksTest {

    private static final String SECRET = "hunter2-hunter2-hunter2-hunter2-links";
    private static final Duration VALID = Duration.ofDays(14);

    private final SnoozeLinks links = links(SECRET);

    private static SnoozeLinks links(String secret) {
        return new SnoozeLinks(SnoozeSettings.of(URI.create("https://muster.example/"), secret, VALID));
    }

    private static String token(Snooze it) {
        return it.link().substring(it.link().indexOf("?t=") + 3);
    }

    @Test
    void readsWhatItMade() {
        var made = links.of(7, NOON);

        assertThat(made).extracting(Snooze::span).containsExactly("1 day", "1 week");
        assertThat(made)
                .allSatisfy(it -> assertThat(it.link())
                        .startsWith("https://muster.example/v1/snooze?t=7.")
                        .doesNotContain(SECRET));
        assertThat(links.read(token(made.getFirst()), NOON)).isEqualTo(new Good(7, Span.DAY));
        assertThat(links.read(token(made.getLast()), NOON)).isEqualTo(new Good(7, Span.WEEK));
        assertThat(links.of(7, NOON)).as("the same in every attempt").isEqualTo(made);
    }

    @Test
    void worksAsLongAsItSays() {
        var token = token(links.of(7, NOON).getFirst());

        assertThat(links.read(token, NOON.plus(VALID).minusSeconds(1))).isInstanceOf(Good.class);
        assertThat(links.read(token, NOON.plus(VALID))).isEqualTo(new Expired(NOON.plus(VALID)));
    }

    @Test
    void knowsNothingThatSomebodyChanged() {
        var token = token(links.of(7, NOON).getFirst());

        assertThat(links.read(token.replaceFirst("7", "8"), NOON))
                .as("another delivery")
                .isEqualTo(new Foreign());
        assertThat(links.read(token.replace("DAY", "WEEK"), NOON))
                .as("a longer span")
                .isEqualTo(new Foreign());
        assertThat(links.read(token.replaceFirst("\\.(\\d+)\\.", ".9$1."), NOON))
                .as("a later end")
                .isEqualTo(new Foreign());
        assertThat(links.read(token + "x", NOON)).isEqualTo(new Foreign());
        assertThat(links("another-hunter2-hunter2-hunter2-links").read(token, NOON))
                .as("another secret")
                .isEqualTo(new Foreign());
        var other = LinkSecret.of("unsubscribe", "secret", SECRET).signed("7.DAY.9999999999");
        assertThat(links.read(other, NOON)).as("a link of another kind").isEqualTo(new Foreign());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "7.DAY.1", "7.DAY.9999999999.", "a.b.c.d"})
    void knowsNothingThatIsNone(String token) {
        assertThat(links.read(token, NOON)).isEqualTo(new Foreign());
    }

    @Test
    void makesNoneWithoutAddressOrSecret() {
        assertThat(new SnoozeLinks(SnoozeSettings.of(null, SECRET, VALID)).of(7, NOON))
                .isEmpty();
        assertThat(links("").of(7, NOON)).isEmpty();
        assertThat(links("").read("7.DAY.9999999999.x", NOON)).isEqualTo(new Foreign());
    }

    @Test
    void refusesASecretThatIsShortAndAnAddressThatIsNone() {
        assertThatThrownBy(() -> links("hunter2"))
                .hasMessage("muster.notifier.snooze.secret must have 32 characters or more");
        assertThatThrownBy(() -> SnoozeSettings.of(URI.create("ftp://x"), SECRET, VALID))
                .hasMessageStartingWith("muster.notifier.snooze.url must be an https or http address");
    }
}
