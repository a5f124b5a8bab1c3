package dev.muster.notifier.delivery;

import com.samskivert.mustache.Escapers;
import dev.muster.notifier.message.Direction;
import dev.muster.notifier.template.Layout;
import dev.muster.notifier.template.Templates;
import dev.muster.notifier.text.Text;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// A message as plain text: nothing in it is mark-up, so that nothing has to be escaped.
public record PlainText(Templates templates) {

    /// What its template may show besides what the one that ships shows.
    public static final Set<String> MORE = Set.of("at", "message.owner", "message.link", "entity");

    public static final Layout LAYOUT = new Layout(
            "text",
            Escapers.NONE,
            Set.of(),
            MORE,
            () -> Samples.all().stream().map(PlainText::context).toList());

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

    /// All of it.
    public String of(Envelope it) {
        return templates.render(LAYOUT, context(it));
    }

    /// As much of it as `most` UTF-16 units hold, whole items at a time.
    public String of(Envelope it, int most) {
        return Text.cut(Fitting.render(it, this::of, text -> text.length() <= most), most);
    }

    /// What the templates of messages may show.
    public static Map<String, Object> context(Envelope it) {
        var message = it.message();
        var context = new HashMap<String, Object>();
        context.put("message", message);
        context.put("reminder", !message.direction().hasCause());
        context.put("items", message.items());
        context.put("more", message.more() > 0 ? Map.of("count", message.more(), "link", message.link()) : false);
        context.put("at", TIME.format(message.at()));
        context.put("causeAt", TIME.format(message.why().at()));
        context.put("notice", it.notice() == null ? false : it.notice());
        context.put("ends", message.ends() == null ? false : message.ends());
        context.put("open", message.direction() == Direction.RECOVERY && !message.complete());
        context.put("snoozable", !it.snoozes().isEmpty());
        context.put("snoozes", it.snoozes());
        context.put("id", it.notificationId());
        return context;
    }
}
