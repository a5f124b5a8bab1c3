package dev.muster.cli;

import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "test",
        mixinStandardHelpOptions = true,
        description = {
            "Sends a message to a destination, at once, and tells how that went.",
            "An incident or alert that it opens is closed again."
        })
final class NotifyTestCommand extends ToldCommand {

    @Parameters(
            paramLabel = "NAME",
            description = "Name of a destination (muster get destinations lists them), or of a team, for its mail.")
    private String name = "";

    NotifyTestCommand(Supplier<Muster> muster) {
        super(muster);
    }

    @Override
    int run(Muster muster, Output out) {
        var tested = muster.tell("/v1/destinations/test?name=" + Muster.segment(name));
        out.object(tested);
        var outcome = Json.text(tested, "outcome");
        var words = switch (outcome) {
            case "SENT" -> "the message is there";
            case "ACCEPTED" -> "the message was taken; look whether it is shown";
            default -> Json.text(tested, "reason") + ", " + Json.text(tested, "detail");
        };
        out.people().printf("%s: %s%n", outcome.toLowerCase(java.util.Locale.ROOT), words);
        if (!outcome.equals("FAILED")) {
            return ExitCode.OK;
        }
        return tested.path("mayPass").asBoolean(false) ? ExitCode.UNAVAILABLE : ExitCode.REFUSED;
    }
}
