package dev.muster.notifier.webhook;

import dev.muster.notifier.delivery.Envelope;
import dev.muster.notifier.delivery.Fitting;
import dev.muster.notifier.delivery.PlainText;
import dev.muster.notifier.delivery.Samples;
import dev.muster.notifier.template.LogicLess;
import dev.muster.notifier.template.TemplateException;
import dev.muster.notifier.template.Templates;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.databind.json.JsonMapper;

/// A body that a template of the operator makes: Mustache, without logic, over plain values. It makes JSON; whatever a
/// variable holds is escaped as the content of a JSON string, and there is no way around that.
public final class TemplateBody implements WebhookBody {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final LogicLess template;

    private TemplateBody(LogicLess template) {
        this.template = template;
    }

    /// Reads a template and tries it.
    ///
    /// @throws IllegalArgumentException when it has a mistake, asks for what there is not, or does not make JSON
    public static TemplateBody of(String source) {
        try {
            var template = LogicLess.compile(
                    source, text -> new String(JsonStringEncoder.getInstance().quoteAsCharArray(text)), Set.of());
            var data = JsonBody.data(Samples.regression(), new PlainText(Templates.shipped()));
            JSON.readTree(template.tried(data));
            return new TemplateBody(template);
        } catch (TemplateException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("does not make JSON: " + e.getOriginalMessage(), e);
        }
    }

    @Override
    public String type() {
        return "application/json";
    }

    @Override
    public String of(Envelope envelope, PlainText text) {
        return Fitting.render(
                envelope.plain() ? envelope.first(0) : envelope,
                it -> template.execute(JsonBody.data(it, text)),
                json -> json.getBytes(StandardCharsets.UTF_8).length <= 3 * MOST);
    }
}
