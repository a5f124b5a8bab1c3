package dev.muster.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "lint",
        mixinStandardHelpOptions = true,
        description = "Checks descriptors and scorecards as apply would, and changes nothing.")
final class LintCommand extends ToldCommand {

    @Parameters(arity = "1..*", paramLabel = "FILE|DIR", description = "YAML or JSON files, or folders of them.")
    private List<Path> files = List.of();

    LintCommand(Supplier<Muster> muster) {
        super(muster);
    }

    @Override
    int run(Muster muster, PrintWriter out) {
        return new Declaration(muster, out, true).send(files);
    }
}
