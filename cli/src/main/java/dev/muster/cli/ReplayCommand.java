package dev.muster.cli;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Maps what a connection sent again, with the source definition of today.",
            "What follows takes the place of what the same deliveries told before; what came later stays."
        })
final class ReplayCommand extends ToldCommand {

    private static final long BETWEEN_QUESTIONS = TimeUnit.MILLISECONDS.toNanos(500);

    /// Of several instances behind one address only one knows the replay.
    private static final int PATIENCE = 40;

    @Option(names = "--connection", required = true, paramLabel = "NAME", description = "Whose deliveries.")
    private String connection = "";

    @Option(
            names = "--since",
            required = true,
            paramLabel = "TIME",
            description = "Received then or later: how long ago, such as 7d, or a time such as 2026-06-01T12:00:00Z.")
    private String since = "";

    @Option(names = "--until", paramLabel = "TIME", description = "Received before then (default: now).")
    private @Nullable String until;

    @Option(names = "--dry-run", description = "Only counts what would follow.")
    private boolean dryRun;

    ReplayCommand(Supplier<Muster> muster) {
        super(muster);
    }

    @Override
    int run(Muster muster, Output out) {
        var order = new HashMap<String, Object>(Map.of("connection", connection, "since", since, "dryRun", dryRun));
        if (until != null) {
            order.put("until", until);
        }
        var begun = muster.post("/v1/replays", order);
        if (!begun.good()) {
            var errors = begun.body().path("errors");
            if (errors.isEmpty()) {
                throw Muster.refusal(begun);
            }
            errors.forEach(error -> out.remark(Remark.error(error)));
            return Declaration.told(errors.size(), out);
        }
        var replay = begun.body();
        var path = "/v1/replays/" + Muster.segment(Json.text(replay, "id"));
        var unknown = 0;
        while (Json.text(replay, "state").equals("running")) {
            LockSupport.parkNanos(BETWEEN_QUESTIONS);
            var now = muster.askIngest(path);
            if (now.good()) {
                unknown = 0;
                replay = now.body();
                out.people().printf("%s of %s records read%n", Json.text(replay, "read"), Json.text(replay, "of"));
            } else if (now.status() != 404 || ++unknown > PATIENCE) {
                throw Muster.refusal(now);
            }
        }
        return told(replay, out);
    }

    private static int told(JsonNode replay, Output out) {
        out.object(replay);
        out.people()
                .printf(
                        "%s deliveries mapped again: %s facts%s, %s unmapped, %s failed%n",
                        Json.text(replay, "deliveries"),
                        Json.text(replay, "facts"),
                        replay.path("dryRun").asBoolean(false) ? " would be told" : " told",
                        Json.text(replay, "unmapped"),
                        Json.text(replay, "failures"));
        if (Json.text(replay, "state").equals("done")) {
            return ExitCode.OK;
        }
        throw Failure.unavailable("The replay %s: %s. It can be begun again."
                .formatted(Json.text(replay, "state"), Json.text(replay, "reason", "somebody ended it")));
    }
}
