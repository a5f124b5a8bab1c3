package dev.muster.notifier.slack;

import dev.muster.notifier.delivery.Envelope;
import dev.muster.notifier.delivery.Samples;
import dev.muster.notifier.message.Ending;
import dev.muster.notifier.message.Message;
import dev.muster.notifier.message.Message.Item;
import dev.muster.notifier.template.Layout;
import dev.muster.notifier.template.Templates;
import dev.muster.notifier.text.Text;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// Renders Block Kit within Slack's limits: 50 blocks, 3000 characters a section, 150 a header, and 12,000 in all,
/// because larger messages are refused although no page says so. What does not fit is counted and linked, never cut
/// off silently.
public final class SlackRenderer {

    static final int MAX_BLOCKS = 50;
    static final int MAX_SECTION = 3000;
    static final int MAX_HEADER = 150;
    static final int MAX_ALL = 12_000;

    /// Kept for what follows the items: the count of the rest, the reason, the links, the footer.
    private static final int RESERVE = 4_200;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

    private static final Set<String> LINKS = Set.of("link", "remediationLink");

    public static final Layout ITEM = new Layout(
            "slack/item",
            Mrkdwn::escape,
            LINKS,
            Set.of("item.entity", "item.name"),
            () -> Samples.all().stream()
                    .flatMap(it -> it.message().items().stream())
                    .map(SlackRenderer::context)
                    .toList());

    public static final Layout WHY = new Layout(
            "slack/why",
            Mrkdwn::escape,
            LINKS,
            Set.of(),
            () -> Samples.all().stream().map(it -> context(it.message())).toList());

    private final Templates templates;

    SlackRenderer(Templates templates) {
        this.templates = templates;
    }

    /// The message as one line with a link: shown in notifications, and all there is when the blocks are refused.
    String text(Envelope it) {
        var message = it.message();
        var lines = new ArrayList<String>();
        lines.add(Mrkdwn.escape(message.headline()));
        if (it.plain()) {
            if (it.notice() != null) {
                lines.add(Mrkdwn.escape(it.notice()));
            }
            if (message.ends() != null) {
                lines.add("Ends: " + Mrkdwn.escape(message.ends()));
            }
            lines.add((message.direction().hasCause() ? "Why: " : "")
                    + Mrkdwn.escape(Text.cut(message.why().sentence(), 300)));
            if (message.why().deliveryId() != null) {
                lines.add("Delivery: " + Mrkdwn.escape(message.why().deliveryId()));
            }
        }
        lines.add(Mrkdwn.link(
                message.items().size() + message.more() == 1
                        ? message.items().getFirst().link()
                        : message.link(),
                "Open in Muster"));
        return String.join("\n", lines);
    }

    /// The message as blocks; empty when the plain form is wanted.
    List<Map<String, Object>> blocks(Envelope it) {
        return it.plain() ? List.of() : blocks(it, sign(it.message()) + " ");
    }

    /// The message as blocks that say that it is over.
    ///
    /// @param end what ended it
    List<Map<String, Object>> ended(Envelope it, Message end) {
        return blocks(it, "%s %s: ".formatted(sign(end), ending(end).label()));
    }

    /// The message as one line that says that it is over.
    ///
    /// @param end what ended it
    String endedText(Envelope it, Message end) {
        return ending(end).label() + ": " + text(it);
    }

    private static Ending ending(Message end) {
        return Objects.requireNonNullElse(end.ending(), Ending.RECOVERED);
    }

    private List<Map<String, Object>> blocks(Envelope it, String before) {
        var message = it.message();
        var blocks = new Blocks();
        blocks.add(header(before + message.headline()));
        if (it.notice() != null) {
            blocks.add(section("_" + Mrkdwn.escape(it.notice()) + "_"));
        }
        if (message.ends() != null) {
            blocks.add(section("Ends: " + Mrkdwn.escape(message.ends())
                    + (message.complete() ? "" : "\nSome of it is still open.")));
        }
        var shown = 0;
        for (var one : message.items()) {
            if (!blocks.fits(section(item(one)), RESERVE, 5)) {
                break;
            }
            blocks.add(section(item(one)));
            shown++;
        }
        var more = message.items().size() - shown + message.more();
        if (more > 0) {
            blocks.add(section("and " + Mrkdwn.link(message.link(), more + " more")));
        }
        blocks.add(section(why(message)));
        if (!it.snoozes().isEmpty()) {
            blocks.add(context("Snooze for "
                    + it.snoozes().stream()
                            .map(one -> Mrkdwn.link(one.link(), one.span()))
                            .collect(Collectors.joining(" or "))));
        }
        blocks.add(context(Mrkdwn.escape("Muster, notification " + it.notificationId())));
        return blocks.all();
    }

    private static String sign(Message it) {
        return switch (it.direction()) {
            case REGRESSION -> "🔴";
            case RECOVERY -> it.isGood() ? "🟢" : "⚪";
            case REMINDER -> "⏳";
            case REPORT -> "📋";
        };
    }

    private String item(Item it) {
        return templates.render(ITEM, context(it)).strip();
    }

    private static Map<String, Object> context(Item it) {
        var context = new HashMap<String, Object>();
        context.put("item", it);
        context.put("link", Mrkdwn.link(it.link(), it.name()));
        context.put(
                "rules",
                it.rules().stream()
                        .map(rule -> {
                            var one = new HashMap<String, Object>();
                            one.put("title", rule.title());
                            one.put("change", rule.change());
                            one.put("message", rule.message());
                            one.put("remediation", rule.remediation() == null ? "" : rule.remediation());
                            one.put(
                                    "remediationLink",
                                    rule.remediationLink() == null
                                            ? ""
                                            : Mrkdwn.link(rule.remediationLink(), "What to do"));
                            return one;
                        })
                        .toList());
        return context;
    }

    private String why(Message it) {
        return templates.render(WHY, context(it)).strip();
    }

    private static Map<String, Object> context(Message it) {
        var context = new HashMap<String, Object>();
        context.put("reminder", !it.direction().hasCause());
        context.put("why", it.why());
        context.put("at", TIME.format(it.why().at()));
        context.put("link", it.why().link() == null ? "" : Mrkdwn.link(it.why().link(), "Look"));
        return context;
    }

    private static Map<String, Object> header(String text) {
        return Map.of("type", "header", "text", Map.of("type", "plain_text", "text", Text.cut(text, MAX_HEADER)));
    }

    private static Map<String, Object> section(String text) {
        return Map.of("type", "section", "text", Map.of("type", "mrkdwn", "text", whole(text)));
    }

    private static Map<String, Object> context(String text) {
        return Map.of("type", "context", "elements", List.of(Map.of("type", "mrkdwn", "text", text)));
    }

    /// Cuts whole lines, so that no link and no escape is cut in two.
    private static String whole(String text) {
        if (text.length() <= MAX_SECTION) {
            return text;
        }
        var end = text.lastIndexOf('\n', MAX_SECTION - 2);
        return end > 0 ? text.substring(0, end) + "\n…" : "…";
    }

    /// Blocks with their sizes.
    private static final class Blocks {

        private final List<Map<String, Object>> all = new ArrayList<>();
        private int size;

        boolean fits(Map<String, Object> block, int reserve, int blocks) {
            return size + size(block) + reserve <= MAX_ALL && all.size() + 1 + blocks <= MAX_BLOCKS;
        }

        void add(Map<String, Object> block) {
            all.add(block);
            size += size(block);
        }

        List<Map<String, Object>> all() {
            return List.copyOf(all);
        }

        private static int size(Map<String, Object> block) {
            return block.toString().length();
        }
    }
}
