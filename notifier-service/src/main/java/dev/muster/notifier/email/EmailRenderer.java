package dev.muster.notifier.email;

import com.samskivert.mustache.Escapers;
import dev.muster.notifier.delivery.Envelope;
import dev.muster.notifier.delivery.PlainText;
import dev.muster.notifier.delivery.Samples;
import dev.muster.notifier.message.Direction;
import dev.muster.notifier.template.Layout;
import dev.muster.notifier.template.Templates;
import java.util.Map;
import java.util.Set;

/// The two bodies of a mail. The templates are logic-less; the HTML one escapes whatever it shows.
public final class EmailRenderer {

    public static final Layout HTML = new Layout(
            "email/html",
            Escapers.HTML,
            Set.of(),
            PlainText.MORE,
            () -> Samples.all().stream().map(EmailRenderer::context).toList());

    private final Templates templates;
    private final PlainText text;

    EmailRenderer(Templates templates) {
        this.templates = templates;
        this.text = new PlainText(templates);
    }

    String text(Envelope it) {
        return text.of(it);
    }

    String html(Envelope it) {
        return templates.render(HTML, context(it));
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
