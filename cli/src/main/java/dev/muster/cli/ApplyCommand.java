package dev.muster.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        description = "Sends descriptors, scorecards and initiatives to Muster, and tells what changed.")
final class ApplyCommand extends ToldCommand {

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE|DIR",
            required = true,
            description =
                    "A YAML or JSON file, or a folder of them (not the folders in it). May be given several times.")
    private List<Path> files = List.of();

    @Option(
            names = "--dry-run",
            description = "Only checks, initiatives against the scorecards and the catalogue that are there already.")
    private boolean dryRun;

    ApplyCommand(Supplier<Muster> muster) {
        super(muster);
    }

    @Override
    int run(Muster muster, Output out) {
        return new Declaration(muster, out, dryRun).send(files);
    }
}
