package dev.muster.notifier.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.muster.notifier.delivery.PlainText;
import dev.muster.notifier.email.EmailRenderer;
import dev.muster.notifier.message.Messages;
import dev.muster.notifier.slack.SlackRenderer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplatesTest {

    private static final List<Layout> LAYOUTS =
            List.of(PlainText.LAYOUT, EmailRenderer.HTML, SlackRenderer.ITEM, SlackRenderer.WHY);

    @TempDir
    private Path folder;

    private Path write(String file, String text) throws IOException {
        var path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, text);
    }

    private String text(Templates templates) {
        return new PlainText(templates).of(Messages.envelope(Messages.regression(), "x", null));
    }

    @Test
    void takeAFileInPlaceOfTheOneThatShips() throws IOException {
        write("text.mustache", "Hello. {{message.headline}} ({{id}})");

        assertThat(text(new Templates(folder, LAYOUTS)))
                .isEqualTo("Hello. payments regressed: No critical vulnerability is open (silver → bronze) (n1)");
        assertThat(text(Templates.shipped())).startsWith("payments regressed").contains("Muster, notification n1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text.mustache       | '{{message.headline}}\n{{nmae}}'          | 2: shows nmae, which is not there; there are",
                "text.mustache       | '\n\n{{#open}}{{typo}}{{/open}}'           | 3: shows typo, which is not there; there are",
                "text.mustache       | '\n{{title}}'                             | 2: shows title, which is not there at that place",
                "text.mustache       | '\n{{#items}}'                            | 2: is not a template that can be used",
                "text.mustache       | '{{> /etc/passwd}}'                       | 1: shows > /etc/passwd, which is not there",
                "email/html.mustache | '\n<b>{{{message.headline}}}</b>'          | 2: may not have {{{…}}}",
                "slack/item.mustache | '\n\n\n*{{{item.name}}}* {{{link}}}'       | 4: may not have {{{…}}}, {{&…}} or {{=…=}}: all that it"
                        + " shows is escaped, but for {{{link}}} and {{{remediationLink}}}",
                "email/text.mustache | 'x'                                       | : no message is made with it; there are text.mustache,"
                        + " email/html.mustache, slack/item.mustache, slack/why.mustache"
            })
    void refuseTheStartWithFileLineAndWhatIsAllowed(String file, String text, String says) throws IOException {
        var path = write(file, text);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Templates(folder, LAYOUTS))
                .withMessageContaining("muster.notifier.templates has mistakes:\n" + path)
                .withMessageContaining(says);
    }

    @Test
    void tellEveryFileThatHasAMistake() throws IOException {
        write("text.mustache", "{{nmae}}");
        write("slack/why.mustache", "{{#why}}");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Templates(folder, LAYOUTS))
                .withMessageContainingAll("text.mustache:1:", "why.mustache:1:");
    }

    @Test
    void takeFilesOverThatChangedAndKeepTheLastGoodOnes() throws IOException {
        var file = write("text.mustache", "one");
        var templates = new Templates(folder, LAYOUTS);
        assertThat(templates.look()).as("nothing changed").isFalse();

        write("text.mustache", "two {{id}}");
        assertThat(templates.look()).isTrue();
        assertThat(text(templates)).isEqualTo("two n1");

        write("text.mustache", "three {{#open}}");
        assertThat(templates.look()).isTrue();
        assertThat(text(templates)).isEqualTo("two n1");
        assertThat(templates.mistakes()).hasValueSatisfying(it -> assertThat(it).contains("text.mustache:1:"));

        Files.delete(file);
        assertThat(templates.look()).isTrue();
        assertThat(templates.mistakes()).isEmpty();
        assertThat(text(templates)).contains("Muster, notification n1");
    }

    @Test
    void takeCopiesOfThoseThatShip() throws IOException {
        for (var layout : LAYOUTS) {
            try (var shipped = Templates.class.getResourceAsStream("/templates/" + layout.file())) {
                write(
                        layout.file(),
                        new String(
                                java.util.Objects.requireNonNull(shipped).readAllBytes(),
                                java.nio.charset.StandardCharsets.UTF_8));
            }
        }

        assertThat(text(new Templates(folder, LAYOUTS))).isEqualTo(text(Templates.shipped()));
    }
}
