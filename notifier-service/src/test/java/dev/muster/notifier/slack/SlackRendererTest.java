package dev.muster.notifier.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.notifier.message.Composer;
import dev.muster.notifier.message.Message;
import dev.muster.notifier.message.Messages;
import dev.muster.notifier.reminder.ReminderExamples;
import dev.muster.notifier.template.Templates;
import dev.muster.notifier.text.Links;
import dev.muster.notifier.transition.Examples;
import dev.muster.schemas.v1.Outcome;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever a message says, it stays within Slack's limits.
class SlackRendererTest {

    private static final String[] PIECES = {
        "&",
        "<",
        ">",
        "<!channel>",
        "😀",
        "|",
        "\n",
        "a",
        " ",
        "`",
        "*",
        "x".repeat(50),
        "https://a.example/",
        "\"",
        "\\"
    };

    static IntStream seeds() {
        return IntStream.range(0, 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void staysWithinTheLimits(int seed) {
        var random = new Random(seed);
        var composer = new Composer(new Links(URI.create("https://muster.example")), 40);
        var parts = IntStream.range(0, 1 + random.nextInt(60))
                .mapToObj(i -> new Composer.Part(
                        Examples.titled(
                                Examples.regressed(text(random, 40) + "/" + i, 2, text(random, 200), rules(random)),
                                text(random, 400),
                                text(random, 2000),
                                random.nextBoolean() ? "https://runbooks.example/" + i : text(random, 400)),
                        java.util.Set.of()))
                .toList();
        var message = composer.compose(
                dev.muster.notifier.message.Direction.REGRESSION,
                text(random, 100),
                parts,
                Map.of(),
                Messages.regression());

        var blocks = blocks(message);

        assertThat(shown(blocks)).as("what is not shown is counted").isEqualTo(parts.size());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void staysWithinTheLimitsWhenItReminds(int seed) {
        var random = new Random(seed);
        var entities = 1 + random.nextInt(60);

        assertThat(shown(blocks(ReminderExamples.ends(entities, _ -> text(random, 2000)))))
                .as("what is not shown is counted")
                .isEqualTo(entities);
        blocks(ReminderExamples.counts(1 + random.nextInt(50), entities, _ -> text(random, 2000)));
    }

    /// The blocks of a message, which are within the limits.
    private static List<Map<String, Object>> blocks(Message message) {
        var blocks = new SlackRenderer(Templates.shipped())
                .blocks(Messages.snoozable(Messages.envelope(message, "webhook", null)));

        assertThat(blocks).hasSizeLessThanOrEqualTo(SlackRenderer.MAX_BLOCKS);
        assertThat(blocks.toString().length()).isLessThanOrEqualTo(SlackRenderer.MAX_ALL);
        for (var block : blocks) {
            var text = block.get("text") instanceof Map<?, ?> it ? (String) it.get("text") : "";
            assertThat(text)
                    .hasSizeLessThanOrEqualTo(
                            block.get("type").equals("header") ? SlackRenderer.MAX_HEADER : SlackRenderer.MAX_SECTION);
            if (block.get("type").equals("section")) {
                assertThat(text.replaceAll("<https://[^<>|]+\\|[^<>]*>", "")).doesNotContain("<", ">");
            }
        }
        return blocks;
    }

    /// Entities that have a section of their own, and those that are counted.
    private static int shown(List<Map<String, Object>> blocks) {
        var own = 0;
        var counted = 0;
        for (var block : blocks) {
            var text = block.get("text") instanceof Map<?, ?> it ? (String) it.get("text") : "";
            if (text.startsWith("*<https://muster.example/entities/")) {
                own++;
            }
            var more = java.util.regex.Pattern.compile("^and <[^|]+\\|(\\d+) more>$")
                    .matcher(text);
            if (more.matches()) {
                counted += Integer.parseInt(more.group(1));
            }
        }
        return own + counted;
    }

    private static Map<String, Outcome> rules(Random random) {
        var rules = new TreeMap<String, Outcome>();
        for (var i = 0; i <= random.nextInt(8); i++) {
            rules.put("rule-" + i, Outcome.FAIL);
        }
        return rules;
    }

    private static String text(Random random, int pieces) {
        var text = new StringBuilder("t");
        for (var i = 0; i < random.nextInt(pieces); i++) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }
}
