package dev.muster.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "lint",
        mixinStandardHelpOptions = true,
        description = "Checks source definitions against the facts that Muster knows, and changes nothing.")
final class SourceLintCommand extends ToldCommand {

    @Parameters(arity = "1..*", paramLabel = "FILE|DIR", description = "Definitions, or folders with a source.yaml.")
    private List<Path> files = List.of();

    SourceLintCommand(Supplier<Muster> muster) {
        super(muster);
    }

    @Override
    int run(Muster muster, Output out) {
        var mistakes = 0;
        for (var file : files) {
            var draft = SourceDraft.of(file);
            var answer = muster.preview(draft.name(), Map.of("definition", draft.text()));
            if (answer.good()) {
                Declaration.told("fine", draft.name(), out);
            } else {
                mistakes += draft.tellMistakes(answer, out);
            }
        }
        return Declaration.told(mistakes, out);
    }
}
