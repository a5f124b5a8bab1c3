package dev.muster.cli;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
        name = "rebuild",
        mixinStandardHelpOptions = true,
        description = {
            "Makes the read model of the portal anew from the topics.",
            "The one in use is read until the new one has everything."
        })
final class RebuildCommand extends ToldCommand {

    private static final long BETWEEN_QUESTIONS = TimeUnit.MILLISECONDS.toNanos(500);

    /// Of several instances behind one address only one knows the rebuild.
    private static final int PATIENCE = 40;

    /// What can be made anew.
    enum What {
        PORTAL
    }

    @Parameters(paramLabel = "portal", description = "What to make anew.")
    private What what = What.PORTAL;

    RebuildCommand(Supplier<Muster> muster) {
        super(muster);
    }

    @Override
    int run(Muster muster, Output out) {
        var path = switch (what) {
            case PORTAL -> "/api/v1/rebuilds";
        };
        var begun = muster.work(path, "application/json", "{}");
        if (!begun.good()) {
            throw Muster.refusal(begun);
        }
        var rebuild = begun.body();
        var unknown = 0;
        while (Json.text(rebuild, "state").equals("running")) {
            LockSupport.parkNanos(BETWEEN_QUESTIONS);
            var now = muster.ask(path + "/" + Muster.segment(Json.text(rebuild, "id")));
            if (now.good()) {
                unknown = 0;
                rebuild = now.body();
                out.people()
                        .printf("%s of %s records written%n", Json.text(rebuild, "records"), Json.text(rebuild, "of"));
            } else if (now.status() != 404 || ++unknown > PATIENCE) {
                throw Muster.refusal(now);
            }
        }
        return told(rebuild, out);
    }

    private static int told(JsonNode rebuild, Output out) {
        out.object(rebuild);
        if (!Json.text(rebuild, "state").equals("done")) {
            throw Failure.unavailable(
                    "The rebuild failed: %s. What was there before is in use.".formatted(Json.text(rebuild, "reason")));
        }
        out.people()
                .printf(
                        "The read model was made anew: %s records, %s a second%n",
                        Json.text(rebuild, "records"), Json.text(rebuild, "perSecond"));
        return ExitCode.OK;
    }
}
