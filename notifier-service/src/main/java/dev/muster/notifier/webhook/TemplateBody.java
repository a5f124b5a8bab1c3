package dev.muster.notifier.webhook;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import dev.muster.notifier.delivery.Envelope;
import dev.muster.notifier.delivery.Fitting;
import dev.muster.notifier.message.Direction;
import dev.muster.notifier.message.Message;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.databind.json.JsonMapper;

/// A body that a template of the operator makes: Mustache, without logic, over plain values. It makes JSON; whatever a
/// variable holds is escaped as the content of a JSON string, and there is no way around that.
public final class TemplateBody implements WebhookBody {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Template template;

    private TemplateBody(Template template) {
        this.template = template;
    }

    /// Reads a template and tries it.
    ///
    /// @throws IllegalArgumentException when it has a mistake, asks for what there is not, or does not make JSON
    public static TemplateBody of(String source) {
        if (source.contains("{{{") || source.contains("{{&") || source.contains("{{=")) {
            throw new IllegalArgumentException("may not have {{{…}}}, {{&…}} or {{=…=}}: all that it shows is escaped");
        }
        try {
            var body = new TemplateBody(Mustache.compiler()
                    .withEscaper(
                            text -> new String(JsonStringEncoder.getInstance().quoteAsCharArray(text)))
                    .nullValue("")
                    .compile(source));
            JSON.readTree(body.of(example()));
            return body;
        } catch (MustacheException | UnsupportedOperationException e) {
            throw new IllegalArgumentException("is not a template that can be used: " + e.getMessage(), e);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("does not make JSON: " + e.getOriginalMessage(), e);
        }
    }

    @Override
    public String type() {
        return "application/json";
    }

    @Override
    public String of(Envelope envelope) {
        return Fitting.render(
                envelope.plain() ? envelope.first(0) : envelope,
                it -> template.execute(JsonBody.data(it)),
                json -> json.getBytes(StandardCharsets.UTF_8).length <= 3 * MOST);
    }

    /// A message with one of everything.
    private static Envelope example() {
        var rule = new Message.Rule("Rule \"one\"", "PASS → FAIL", "It fails.", "Mend it.", "https://muster.example/r");
        var item = new Message.Item(
                "component:default/a",
                "a",
                "Production readiness",
                "silver → bronze",
                true,
                "84 → 61",
                List.of(rule),
                1,
                "https://muster.example/entities/component:default/a");
        var message = new Message(
                Direction.REGRESSION,
                "a regressed",
                "a regressed",
                "group:default/a",
                List.of(item),
                1,
                "https://muster.example/",
                new Message.Why("something was reported", "somebody", "d1", "https://tool.example/", Instant.EPOCH),
                null,
                true,
                Instant.EPOCH);
        return new Envelope(
                "n1", "n1", "example", null, null, message, false, null, null, List.of(), List.of(), Instant.EPOCH);
    }
}
