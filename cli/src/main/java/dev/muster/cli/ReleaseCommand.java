package dev.muster.cli;

import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "release",
        mixinStandardHelpOptions = true,
        description = {
            "Tries a mail address again that was refused too often.",
            "muster get destinations shows it as SUPPRESSED."
        })
final class ReleaseCommand extends ToldCommand {

    @Parameters(paramLabel = "NAME", description = "Name of a destination, such as group:default/payments.")
    private String name = "";

    ReleaseCommand(Supplier<Muster> muster) {
        super(muster);
    }

    @Override
    int run(Muster muster, Output out) {
        out.object(muster.tell("/v1/destinations/release?name=" + Muster.segment(name)));
        out.people().printf("%s is tried again%n", name);
        return ExitCode.OK;
    }
}
