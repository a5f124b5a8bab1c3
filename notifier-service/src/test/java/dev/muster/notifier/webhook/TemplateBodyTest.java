package dev.muster.notifier.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.notifier.delivery.PlainText;
import dev.muster.notifier.message.Messages;
import dev.muster.notifier.template.Templates;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateBodyTest {

    private static final PlainText PLAIN_TEXT = new PlainText(Templates.shipped());

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\": \"{{{headline}}}\"}", "{\"a\": \"{{&headline}}\"}", "{{=<% %>=}}{\"a\": 1}"})
    void refusesWhatWouldNotBeEscaped(String template) {
        assertThatThrownBy(() -> TemplateBody.of(template)).hasMessageContaining("all that it shows is escaped");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\": \"{{headlin}}\"}|headlin",
                "{\"a\": \"{{#items}}\"}|items",
                "{\"a\": \"{{> /etc/passwd}}\"}|template",
                "{\"a\": {{headline}}}|JSON"
            })
    void refusesWhatItCannotRenderAndSaysWhy(String template, String says) {
        assertThatThrownBy(() -> TemplateBody.of(template))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(says);
    }

    @Test
    void knowsAllValuesAlsoThoseThatAreNotThere() {
        assertThat(TemplateBody.of("{\"a\": \"{{notice}}{{ends}}{{#owner}}{{owner}}{{/owner}}{{why.link}}\"}")
                        .of(Messages.envelope(Messages.regression(), "x", null), PLAIN_TEXT))
                .contains("group:default/payments-team");
    }

    @Test
    void isBounded() {
        var body = TemplateBody.of("{\"a\": \"" + "{{text}}".repeat(20) + "\"}");

        assertThat(IntStream.of(body.of(Messages.envelope(Messages.regression(), "x", null), PLAIN_TEXT)
                        .getBytes(StandardCharsets.UTF_8)
                        .length))
                .allMatch(it -> it <= 3 * WebhookBody.MOST);
    }
}
