package dev.muster.cli;

import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists silences, the newest first: who holds back what, why, and until when.")
final class SilenceListCommand extends ToldCommand {

    enum State {
        pending,
        active,
        expired
    }

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "Only those that are: ${COMPLETION-CANDIDATES} (default: all).")
    private @Nullable State state;

    SilenceListCommand(Supplier<Muster> muster) {
        super(muster);
    }

    @Override
    int run(Muster muster, Output out) {
        var answer = muster.told("/api/v1/silences" + (state == null ? "" : "?state=" + state.name()));
        out.list(
                new Table()
                        .with("SILENCE", "id")
                        .with("STATE", it -> Json.text(it, "state", "-").toLowerCase(Locale.ROOT))
                        .with("UNTIL", it -> Json.text(it, "endedAt", Json.text(it, "endsAt", "-")))
                        .with("BY", "owner")
                        .with("WHAT", SilenceListCommand::what)
                        .with("WHY", "reason"),
                answer.path("silences").valueStream().toList());
        return ExitCode.OK;
    }

    private static String what(JsonNode silence) {
        return silence.path("matchers")
                .propertyStream()
                .map(it -> it.getKey() + "="
                        + it.getValue().valueStream().map(JsonNode::asString).collect(Collectors.joining(",")))
                .collect(Collectors.joining(" "));
    }
}
