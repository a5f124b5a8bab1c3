package dev.muster.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
        name = "preview",
        mixinStandardHelpOptions = true,
        description = {
            "Shows the facts that a definition makes of a delivery, or every mistake. Nothing is kept and nothing is told."
        })
final class SourcePreviewCommand extends ToldCommand {

    private static final Table FACTS = new Table()
            .with("SUBJECT", "subject")
            .with("FACT", "fact")
            .with("CHANGE", "change")
            .with("ITEM", "item")
            .with("AT", "at")
            .with("VALUE", SourcePreviewCommand::value);

    @Parameters(index = "0", paramLabel = "SOURCE|FILE|DIR", description = "A source in use, or a draft of one.")
    private String source = "";

    @Parameters(index = "1", paramLabel = "BODY", description = "File with the body of a delivery.")
    private Path body = Path.of("");

    @Option(
            names = {"-H", "--header"},
            paramLabel = "NAME: VALUE",
            description = "A header of the delivery, such as 'X-GitHub-Event: push'; as often as needed.")
    private List<String> headers = List.of();

    @Option(
            names = "--content-type",
            paramLabel = "TYPE",
            defaultValue = "application/json",
            description = "Its media type (default: ${DEFAULT-VALUE}).")
    private String contentType = "application/json";

    SourcePreviewCommand(Supplier<Muster> muster) {
        super(muster);
    }

    @Override
    int run(Muster muster, Output out) {
        var told = new LinkedHashMap<String, Object>();
        told.put("headers", headers());
        told.put("contentType", contentType);
        told.put("text", new String(Webhook.read(body), StandardCharsets.UTF_8));
        if (!Files.exists(Path.of(source))) {
            return tell(muster.preview(source, told), out);
        }
        var draft = SourceDraft.of(Path.of(source));
        told.put("definition", draft.text());
        var answer = muster.preview(draft.name(), told);
        return answer.good() ? tell(answer, out) : Declaration.told(draft.tellMistakes(answer, out), out);
    }

    private static int tell(Muster.Answer answer, Output out) {
        if (!answer.good()) {
            throw Muster.refusal(answer);
        }
        var said = answer.body();
        out.object(said);
        out.people()
                .printf(
                        "event '%s': %s, as delivery %s%n",
                        Json.text(said, "event"),
                        Json.text(said, "outcome").replace('_', ' '),
                        Json.text(said, "deliveryId"));
        if (!said.path("facts").isEmpty()) {
            FACTS.print(said.path("facts"), out.people());
        }
        for (var failure : said.path("failures")) {
            out.people().println(Json.text(failure, "reason") + ": " + Json.text(failure, "message"));
        }
        return said.path("failures").isEmpty() ? ExitCode.OK : ExitCode.REFUSED;
    }

    private static String value(JsonNode fact) {
        return fact.has("value")
                ? fact.path("value").toString()
                : fact.path("items").toString();
    }

    private Map<String, String> headers() {
        var named = new TreeMap<String, String>();
        for (var header : headers) {
            var colon = header.indexOf(':');
            if (colon < 1) {
                throw Failure.usage("a header is written 'Name: value', not '%s'".formatted(header));
            }
            named.put(
                    header.substring(0, colon).strip(),
                    header.substring(colon + 1).strip());
        }
        return named;
    }
}
