package dev.muster.notifier.teams;

import dev.muster.notifier.delivery.Envelope;
import dev.muster.notifier.delivery.Fitting;
import dev.muster.notifier.message.Direction;
import dev.muster.notifier.message.Message.Item;
import dev.muster.notifier.message.Message.Rule;
import dev.muster.notifier.text.Text;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// An Adaptive Card of version 1.4, below the 28 KB that Teams takes.
///
/// All text stands in runs of rich text, which know no Markdown, no HTML and no mention: foreign text needs no escaping
/// there, and there is none that could be got wrong.
final class TeamsCard {

    /// Bytes of the whole message. Teams refuses 28 KB, and cards of 27 KB were cut.
    static final int MOST = 20 * 1024;

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

    private TeamsCard() {}

    /// The message that a workflow takes.
    static String json(Envelope envelope) {
        return Fitting.render(envelope, TeamsCard::whole, json -> json.getBytes(StandardCharsets.UTF_8).length <= MOST);
    }

    private static String whole(Envelope it) {
        var card = new LinkedHashMap<String, Object>();
        card.put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
        card.put("type", "AdaptiveCard");
        card.put("version", "1.4");
        card.put("msteams", Map.of("width", "Full"));
        card.put("fallbackText", it.message().headline());
        card.put("body", body(it));
        card.put("actions", actions(it));
        return JSON.writeValueAsString(Map.of(
                "type",
                "message",
                "attachments",
                List.of(Map.of("contentType", "application/vnd.microsoft.card.adaptive", "content", card))));
    }

    private static List<Object> body(Envelope it) {
        var message = it.message();
        var body = new ArrayList<>();
        body.add(block(run(message.headline(), Map.of("weight", "bolder", "size", "large", "color", colour(it)))));
        if (it.notice() != null) {
            body.add(block(run(it.notice(), Map.of("italic", true))));
        }
        if (message.ends() != null) {
            body.add(block(run("Ends: " + message.ends())));
        }
        if (message.direction() == Direction.RECOVERY && !message.complete()) {
            body.add(block(run("Some of it is still open.")));
        }
        if (!it.plain()) {
            message.items().forEach(item -> body.addAll(item(item)));
            if (message.more() > 0) {
                body.add(block(run("and "), link(message.more() + " more", message.link())));
            }
        }
        body.addAll(why(it));
        body.add(block(run("Muster, notification " + it.notificationId(), Map.of("size", "small", "isSubtle", true))));
        return body;
    }

    private static List<Object> item(Item item) {
        var blocks = new ArrayList<>();
        var name = new LinkedHashMap<>(block(link(item.name(), item.link()), run(" on " + item.scorecard())));
        name.put("separator", true);
        blocks.add(name);
        if (item.hasLevel()) {
            blocks.add(block(run("Level " + item.level() + ", score " + item.score())));
        }
        item.rules().forEach(rule -> blocks.addAll(rule(rule)));
        if (item.hasMore()) {
            blocks.add(block(run("and " + item.more() + " more rules")));
        }
        return blocks;
    }

    private static List<Object> rule(Rule rule) {
        var blocks = new ArrayList<>();
        blocks.add(block(run("• "), run(rule.title(), Map.of("weight", "bolder")), run(": " + rule.change())));
        if (!rule.message().isEmpty()) {
            blocks.add(block(run(rule.message())));
        }
        if (rule.remediation() != null) {
            blocks.add(block(run("What to do: " + rule.remediation())));
        }
        if (rule.remediationLink() != null) {
            blocks.add(block(link("What to do", rule.remediationLink())));
        }
        return blocks;
    }

    private static List<Object> why(Envelope it) {
        var why = it.message().why();
        var blocks = new ArrayList<>();
        if (!it.message().direction().hasCause()) {
            blocks.add(block(run(Text.cut(why.sentence(), it.plain() ? 300 : 1000))));
            return blocks;
        }
        blocks.add(block(run("Why: ", Map.of("weight", "bolder")), run(why.sentence())));
        if (why.actor() != null && !it.plain()) {
            blocks.add(block(run("By: ", Map.of("weight", "bolder")), run(why.actor())));
        }
        blocks.add(block(
                run("Since: ", Map.of("weight", "bolder")),
                run(TIME.format(why.at()) + (why.deliveryId() == null ? "" : ", delivery " + why.deliveryId()))));
        return blocks;
    }

    private static List<Object> actions(Envelope it) {
        var message = it.message();
        var actions = new ArrayList<>();
        actions.add(action(
                "Open in Muster",
                message.items().size() + message.more() == 1 && !message.items().isEmpty()
                        ? message.items().getFirst().link()
                        : message.link()));
        if (message.why().link() != null) {
            actions.add(action("Look", message.why().link()));
        }
        it.snoozes().forEach(one -> actions.add(action("Snooze for " + one.span(), one.link())));
        return actions;
    }

    private static String colour(Envelope it) {
        return switch (it.message().direction()) {
            case REGRESSION -> "attention";
            case RECOVERY -> it.message().isGood() ? "good" : "accent";
            case REMINDER, REPORT -> "accent";
        };
    }

    private static Map<String, Object> action(@Nullable String title, String url) {
        var action = new LinkedHashMap<String, Object>();
        action.put("type", "Action.OpenUrl");
        if (title != null) {
            action.put("title", title);
        }
        action.put("url", url);
        return action;
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    private static Map<String, Object> block(Map<String, Object>... runs) {
        return Map.of("type", "RichTextBlock", "inlines", List.of(runs));
    }

    private static Map<String, Object> run(String text) {
        return run(text, Map.of());
    }

    private static Map<String, Object> run(String text, Map<String, Object> style) {
        var run = new LinkedHashMap<String, Object>();
        run.put("type", "TextRun");
        run.put("text", text);
        run.putAll(style);
        return run;
    }

    private static Map<String, Object> link(String text, String url) {
        return run(text, Map.of("selectAction", action(null, url)));
    }
}
