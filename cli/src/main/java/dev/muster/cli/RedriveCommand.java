package dev.muster.cli;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "redrive",
        mixinStandardHelpOptions = true,
        description = {
            "Tries again what could not be delivered: a notification, or all that failed at a destination.",
            "Messages keep their ids, so that receivers recognise one that they have already."
        })
final class RedriveCommand extends ToldCommand {

    @Parameters(arity = "0..1", paramLabel = "ID", description = "Id of a notification (default: all).")
    private @Nullable String id;

    @Option(names = "--destination", paramLabel = "NAME", description = "Only there (default: wherever it failed).")
    private @Nullable String destination;

    RedriveCommand(Supplier<Muster> muster) {
        super(muster);
    }

    @Override
    int run(Muster muster, Output out) {
        if (id == null && destination == null) {
            throw Failure.usage("say which: the ID of a notification, or --destination NAME");
        }
        var path = id == null ? "/v1/notifications/redrive" : "/v1/notifications/" + Muster.segment(id) + "/redrive";
        var redriven = muster.tell(path + (destination == null ? "" : "?destination=" + Muster.segment(destination)));
        out.object(redriven);
        out.people().printf("%s deliveries are tried again%n", Json.text(redriven, "deliveries"));
        return ExitCode.OK;
    }
}
