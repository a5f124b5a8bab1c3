package dev.muster.notifier.email;

import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import dev.muster.notifier.delivery.Envelope;
import dev.muster.notifier.message.Direction;
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

/// The two bodies of a mail. The templates are logic-less; the HTML one escapes whatever it shows.
final class EmailRenderer {

    static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

    private final Template text = template("text", Escapers.NONE);
    private final Template html = template("html", Escapers.HTML);

    private static Template template(String name, Mustache.Escaper escaper) {
        try (Reader source = new InputStreamReader(
                Objects.requireNonNull(
                        EmailRenderer.class.getResourceAsStream("/templates/email/" + name + ".mustache"), name),
                StandardCharsets.UTF_8)) {
            return Mustache.compiler().withEscaper(escaper).nullValue("").compile(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text(Envelope it) {
        return text.execute(context(it));
    }

    String html(Envelope it) {
        return html.execute(context(it));
    }

    private static Map<String, Object> context(Envelope it) {
        var message = it.message();
        var context = new HashMap<String, Object>();
        context.put("message", message);
        context.put("reminder", message.direction() == Direction.REMINDER);
        context.put("colour", colour(message.direction()));
        context.put("items", message.items());
        context.put("more", message.more() > 0 ? Map.of("count", message.more(), "link", message.link()) : false);
        context.put("at", TIME.format(message.at()));
        context.put("causeAt", TIME.format(message.why().at()));
        context.put("notice", it.notice() == null ? false : it.notice());
        context.put("ends", message.ends() == null ? false : message.ends());
        context.put("open", message.direction() == Direction.RECOVERY && !message.complete());
        context.put("id", it.notificationId());
        return context;
    }

    private static String colour(Direction direction) {
        return switch (direction) {
            case REGRESSION -> "#c0392b";
            case RECOVERY -> "#1e8449";
            case REMINDER -> "#2874a6";
        };
    }
}
