package dev.muster.notifier.email;

import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import dev.muster.notifier.delivery.Envelope;
import dev.muster.notifier.delivery.PlainText;
import dev.muster.notifier.message.Direction;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

/// The two bodies of a mail. The templates are logic-less; the HTML one escapes whatever it shows.
final class EmailRenderer {

    private final Template html = template("html");

    private static Template template(String name) {
        try (Reader source = new InputStreamReader(
                Objects.requireNonNull(
                        EmailRenderer.class.getResourceAsStream("/templates/email/" + name + ".mustache"), name),
                StandardCharsets.UTF_8)) {
            return Mustache.compiler().withEscaper(Escapers.HTML).nullValue("").compile(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text(Envelope it) {
        return PlainText.of(it);
    }

    String html(Envelope it) {
        return html.execute(context(it));
    }

    private static Map<String, Object> context(Envelope it) {
        var context = PlainText.context(it);
        context.put("colour", colour(it.message().direction()));
        return context;
    }

    private static String colour(Direction direction) {
        return switch (direction) {
            case REGRESSION -> "#c0392b";
            case RECOVERY -> "#1e8449";
            case REMINDER, REPORT -> "#2874a6";
        };
    }
}
