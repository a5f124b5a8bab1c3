package dev.muster.notifier.delivery;

import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import dev.muster.notifier.message.Direction;
import dev.muster.notifier.text.Text;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/// A message as plain text: nothing in it is mark-up, so that nothing has to be escaped.
public final class PlainText {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

    private static final Template TEMPLATE = template();

    private PlainText() {}

    private static Template template() {
        try (Reader source = new InputStreamReader(
                Objects.requireNonNull(PlainText.class.getResourceAsStream("/templates/text.mustache"), "text"),
                StandardCharsets.UTF_8)) {
            return Mustache.compiler().withEscaper(Escapers.NONE).nullValue("").compile(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// All of it.
    public static String of(Envelope it) {
        return TEMPLATE.execute(context(it));
    }

    /// As much of it as `most` UTF-16 units hold, whole items at a time.
    public static String of(Envelope it, int most) {
        return Text.cut(Fitting.render(it, PlainText::of, text -> text.length() <= most), most);
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
