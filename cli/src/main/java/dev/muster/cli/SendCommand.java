package dev.muster.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "send",
        mixinStandardHelpOptions = true,
        description = {
            "Posts a file as a tool would, with the proof that the connection's secret gives.",
            "The times in it are moved as if it had just happened, so that a story can be told again."
        })
final class SendCommand extends ToldCommand {

    @Parameters(
            arity = "2..3",
            paramLabel = "ARGUMENT",
            description = {
                "github EVENT FILE      such as: github dependabot_alert examples/deliveries/dependabot-alert-created.json",
                "alertmanager FILE"
            })
    private List<String> arguments = List.of();

    @Option(names = "--connection", paramLabel = "NAME", description = "The connection (default: named as its source).")
    private String connection = "";

    @Option(names = "--verbatim", description = "Posts the bytes of the file as they are.")
    private boolean verbatim;

    SendCommand(Supplier<Muster> muster) {
        super(muster);
    }

    @Override
    int run(Muster muster, Output out) {
        var source = arguments.getFirst();
        var name = connection.isEmpty() ? source : connection;
        var secret = muster.settings().secretOf(name);
        var file = Webhook.read(Path.of(arguments.getLast()));
        var payload = verbatim ? file : Webhook.asOf(Instant.now(), file);
        var headers = switch (source) {
            case "github" -> Webhook.github(event(), payload, secret);
            case "alertmanager" -> Webhook.bearer(secret);
            default -> throw Failure.usage("'%s' cannot be sent; known are github, alertmanager".formatted(source));
        };
        var answer = muster.post("/v1/webhooks/" + name, headers, payload);
        if (answer.status() != 202) {
            throw Muster.refusal(answer);
        }
        out.object(answer.body());
        out.people().println("journalled as delivery " + Json.text(answer.body(), "deliveryId", "(no id)"));
        return ExitCode.OK;
    }

    private String event() {
        if (arguments.size() != 3) {
            throw Failure.usage("GitHub names an event: muster send github EVENT FILE");
        }
        return arguments.get(1);
    }
}
