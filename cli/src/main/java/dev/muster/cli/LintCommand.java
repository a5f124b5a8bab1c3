package dev.muster.cli;

import dev.muster.engine.definition.DefinitionException;
import dev.muster.engine.definition.Mistake;
import dev.muster.engine.library.Framework;
import dev.muster.engine.library.ScorecardReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "lint",
        mixinStandardHelpOptions = true,
        description = {
            "Checks scorecards and descriptors as apply would, and changes nothing.",
            "Scorecards are checked here, with the same answers; descriptors are checked by Muster, against its catalogue."
        })
final class LintCommand extends ToldCommand {

    @Option(
            names = "--framework",
            paramLabel = "DIR",
            description = "Folder with more facts and rules, as the services have it in muster.ingest.framework-dir.")
    private @Nullable Path framework;

    @Parameters(arity = "1..*", paramLabel = "FILE|DIR", description = "YAML or JSON files, or folders of them.")
    private List<Path> files = List.of();

    LintCommand(Supplier<Muster> muster) {
        super(muster);
    }

    @Override
    int run(Muster muster, Output out) {
        var documents = Document.in(files);
        var known = framework();
        var reader = new ScorecardReader(known.facts(), known.rules());
        var mistakes = new Declaration(muster, out, true).sendCatalogue(documents);
        for (var scorecard : documents.stream().filter(Document::scorecard).toList()) {
            mistakes += check(reader, Bundle.of(List.of(scorecard)), out);
        }
        return Declaration.told(mistakes, out);
    }

    private Framework framework() {
        var shipped = Framework.fromClassPath();
        if (framework == null) {
            return shipped;
        }
        if (!Files.isDirectory(framework)) {
            throw Failure.usage("there is no folder " + framework);
        }
        try {
            return shipped.and(framework);
        } catch (DefinitionException wrong) {
            throw Failure.refused(String.valueOf(wrong.getMessage()));
        } catch (UncheckedIOException e) {
            throw Failure.usage(String.valueOf(e.getMessage()));
        }
    }

    private static int check(ScorecardReader reader, Bundle bundle, Output out) {
        try {
            Declaration.told("fine", reader.read(null, bundle.text()).name(), out);
            return 0;
        } catch (DefinitionException wrong) {
            for (Mistake mistake : wrong.mistakes()) {
                out.remark(Remark.error(bundle.origin(mistake.line()), mistake.column(), mistake.message()));
            }
            return wrong.mistakes().size();
        }
    }
}
