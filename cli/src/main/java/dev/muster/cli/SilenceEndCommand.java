package dev.muster.cli;

import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "end",
        mixinStandardHelpOptions = true,
        description = "Ends a silence early: what it held back and is still so is told now.")
final class SilenceEndCommand extends ToldCommand {

    @Parameters(paramLabel = "ID", description = "Id of a silence: muster silence list has them.")
    private String id = "";

    SilenceEndCommand(Supplier<Muster> muster) {
        super(muster);
    }

    @Override
    int run(Muster muster, Output out) {
        var ended = muster.untell("/api/v1/silences/" + Muster.segment(id));
        out.object(ended);
        out.people().printf("silence %s ended%n", id);
        return ExitCode.OK;
    }
}
