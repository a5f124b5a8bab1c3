package dev.muster.cli;

import static java.util.stream.Collectors.joining;

import dev.muster.engine.definition.DefinitionException;
import dev.muster.engine.definition.Mistake;
import dev.muster.engine.definition.Mistakes;
import dev.muster.engine.definition.RuleDefinition;
import dev.muster.engine.library.Framework;
import dev.muster.engine.library.InitiativeReader;
import dev.muster.engine.library.InitiativeReader.Read;
import dev.muster.engine.library.InitiativeReader.Target;
import dev.muster.engine.library.ScorecardReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "lint",
        mixinStandardHelpOptions = true,
        description = {
            "Checks scorecards, initiatives and descriptors as apply would, and changes nothing.",
            "Scorecards are checked here, with the same answers; two of one name are a mistake, whichever files they are in.",
            "Initiatives are checked here, against the scorecards that are checked with them; whether they mean any entity, and"
                    + " whether they are due yet, is for apply.",
            "Descriptors are checked last, by Muster, against its catalogue and what your token may declare. When no Muster"
                    + " answers they are not checked: standard error says so, and the exit code is 3 unless there are mistakes."
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
        var mistakes = ScorecardNames.check(documents, out);
        var targets = new HashMap<String, Target>();
        for (var scorecard : documents.stream().filter(Document::scorecard).toList()) {
            mistakes += check(Bundle.of(List.of(scorecard)), out, text -> {
                var read = reader.read(null, text);
                var rules = read.rules().stream().map(RuleDefinition::id).toList();
                targets.put(read.name(), new Target(read.levels(), rules));
                return List.of(read.name());
            });
        }
        var initiatives = documents.stream().filter(Document::initiative).toList();
        if (!initiatives.isEmpty()) {
            var initiativeReader = new InitiativeReader(known.facts());
            mistakes += check(Bundle.of(initiatives), out, text -> names(initiativeReader.read(null, text), targets));
        }
        return withDescriptors(documents, mistakes, muster, out);
    }

    /// Has Muster check the descriptors, and tells how it went with everything.
    ///
    /// @param mistakes that were told already
    /// @return the exit code
    private static int withDescriptors(List<Document> documents, int mistakes, Muster muster, Output out) {
        try {
            var more = new Declaration(muster, out, true).sendCatalogue(documents);
            return Declaration.told(mistakes + more, out);
        } catch (Failure failure) {
            if (failure.exitCode() != ExitCode.UNAVAILABLE) {
                throw failure;
            }
            var files = documents.stream()
                    .filter(Document::descriptor)
                    .map(document -> document.file().toString())
                    .distinct()
                    .collect(joining(", "));
            out.failure("not checked: the descriptors in " + files + ". " + failure.getMessage());
            return mistakes == 0 ? failure.exitCode() : Declaration.told(mistakes, out);
        }
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

    /// Names of initiatives that ask for nothing that the scorecards of the same files do not have.
    private static List<String> names(List<Read> initiatives, Map<String, Target> targets) throws DefinitionException {
        var mistakes = new Mistakes();
        for (var initiative : initiatives) {
            if (targets.containsKey(initiative.definition().scorecard())) {
                InitiativeReader.check(initiative, targets, mistakes);
            }
        }
        mistakes.throwIfAny();
        return initiatives.stream().map(it -> it.definition().name()).toList();
    }

    /// Reads what was written.
    private interface Reading {

        /// The names of what it says.
        List<String> names(String text) throws DefinitionException;
    }

    private static int check(Bundle bundle, Output out, Reading reading) {
        try {
            reading.names(bundle.text()).forEach(name -> Declaration.told("fine", name, out));
            return 0;
        } catch (DefinitionException wrong) {
            for (Mistake mistake : wrong.mistakes()) {
                out.remark(Remark.error(bundle.origin(mistake.line()), mistake.column(), mistake.message()));
            }
            return wrong.mistakes().size();
        }
    }
}
