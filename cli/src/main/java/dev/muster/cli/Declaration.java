package dev.muster.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Files on their way to Muster: the catalogue as a whole, so that owners are found whichever file they are in, then
/// each scorecard, then the initiatives, which are about both.
final class Declaration {

    /// No Muster reads a larger body to its end, so that it could not even say so.
    private static final int LARGEST = 25 * 1024 * 1024;

    private final Muster muster;
    private final Output out;
    private final boolean dryRun;

    Declaration(Muster muster, Output out, boolean dryRun) {
        this.muster = muster;
        this.out = out;
        this.dryRun = dryRun;
    }

    /// Sends what `paths` hold and tells what became of it; nothing when two scorecards have one name.
    ///
    /// @return [ExitCode#OK], or [ExitCode#REFUSED] after every mistake was told
    int send(List<Path> paths) {
        var documents = Document.in(paths);
        var mistakes = ScorecardNames.check(documents, out);
        if (mistakes > 0) {
            return told(mistakes, out); // which of them is meant, nobody knows
        }
        mistakes += sendCatalogue(documents);
        for (var scorecard : documents.stream().filter(Document::scorecard).toList()) {
            mistakes += put("/v1/scorecards", Bundle.of(List.of(scorecard)));
        }
        var initiatives = documents.stream().filter(Document::initiative).toList();
        if (!initiatives.isEmpty()) {
            mistakes += put("/v1/initiatives", Bundle.of(initiatives));
        }
        return told(mistakes, out);
    }

    /// Tells how many mistakes there were.
    ///
    /// @return the exit code
    static int told(int mistakes, Output out) {
        if (mistakes == 0) {
            return ExitCode.OK;
        }
        out.people().println(mistakes == 1 ? "1 mistake" : mistakes + " mistakes");
        return ExitCode.REFUSED;
    }

    /// Sends all that is neither a scorecard nor an initiative.
    ///
    /// @return how many mistakes were told
    int sendCatalogue(List<Document> documents) {
        var catalogue = documents.stream().filter(Document::descriptor).toList();
        return catalogue.isEmpty() ? 0 : put("/v1/catalog", Bundle.of(catalogue));
    }

    /// Puts one body and tells what became of it.
    ///
    /// @return how many mistakes were told
    private int put(String path, Bundle bundle) {
        if (bundle.text().length() > LARGEST) {
            throw Failure.refused("%s and what comes with it has %d characters; Muster takes no declaration above %d"
                    .formatted(bundle.origin(1).file(), bundle.text().length(), LARGEST));
        }
        var answer = muster.put(path + (dryRun ? "?dryRun=true" : ""), "application/yaml", bundle.text());
        if (answer.good()) {
            told(answer.body(), bundle);
            return 0;
        }
        var errors = answer.body().path("errors");
        if (errors.isEmpty()) {
            throw Muster.refusal(answer);
        }
        errors.forEach(error -> out.remark(Remark.error(error, bundle)));
        return errors.size();
    }

    private void told(JsonNode body, Bundle bundle) {
        words().forEach((member, word) -> body.path(member).forEach(item -> told(word, item)));
        body.path("warnings").forEach(warning -> out.remark(Remark.warning(warning, bundle)));
    }

    private Map<String, String> words() {
        var words = new LinkedHashMap<String, String>();
        words.put("applied", dryRun ? "fine" : "applied");
        words.put("unchanged", "unchanged");
        return words;
    }

    /// @param item a name, or what has a name and a version
    private void told(String word, JsonNode item) {
        var name = item.isString()
                ? item.asString()
                : item.path("ref").asString(item.path("name").asString(item.toString()));
        if (item.has("version")) {
            var version = item.path("version").asInt();
            out.object(new Told(word, name, version));
            out.people().printf("%-10s %s (version %d)%n", word, name, version);
        } else {
            told(word, name, out);
        }
    }

    /// Tells what became of something that was declared.
    static void told(String word, String name, Output out) {
        out.object(new Told(word, name, null));
        out.people().printf("%-10s %s%n", word, name);
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Told(
            String status, String name, @Nullable Integer version) {}
}
