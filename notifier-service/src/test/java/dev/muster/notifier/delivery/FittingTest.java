package dev.muster.notifier.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.notifier.message.Messages;
import dev.muster.notifier.template.Templates;
import dev.muster.notifier.transition.Examples;
import dev.muster.notifier.transition.Transition;
import dev.muster.schemas.v1.Outcome;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FittingTest {

    private static final PlainText PLAIN_TEXT = new PlainText(Templates.shipped());

    private final Envelope envelope = Messages.envelope(
            Messages.regression(IntStream.range(0, 8)
                    .mapToObj(i -> Examples.regressed(
                            "component:default/c" + i, 2, "d1", Map.of(Examples.VULNERABILITIES, Outcome.FAIL)))
                    .toArray(Transition[]::new)),
            "x",
            null);

    @Test
    void keepsAsManyItemsAsFitAndCountsTheRest() {
        var whole = PLAIN_TEXT.of(envelope);
        for (var most = whole.length(); most > 700; most -= 97) {
            var text = PLAIN_TEXT.of(envelope, most);

            assertThat(text.length()).isLessThanOrEqualTo(most);
            assertThat(text).contains("Why: ").contains("notification n1");
            var shown = (int)
                    text.lines().filter(it -> it.contains(" on Production")).count();
            assertThat(text.contains("and " + (8 - shown) + " more: https://")).isEqualTo(shown < 8);
        }
    }

    @Test
    void takesThePlainFormWhenNothingElseFits() {
        var rendered = Fitting.render(envelope, it -> it, Envelope::plain);

        assertThat(rendered.plain()).isTrue();
        assertThat(rendered.message().items()).isEmpty();
        assertThat(rendered.message().more()).isEqualTo(8);
    }
}
