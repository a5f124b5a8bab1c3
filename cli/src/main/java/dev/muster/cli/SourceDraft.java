package dev.muster.cli;

import dev.muster.engine.definition.DefinitionException;
import dev.muster.engine.definition.YamlNode.Mapping;
import dev.muster.engine.definition.YamlNode.Scalar;
import dev.muster.engine.definition.YamlReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// A source definition that is being written.
///
/// @param name as it says in `metadata.name`
record SourceDraft(Path file, String name, String text) {

    /// Reads the file, or the `source.yaml` of the folder.
    static SourceDraft of(Path path) {
        var file = Files.isDirectory(path) ? path.resolve("source.yaml") : path;
        var text = new String(Webhook.read(file), StandardCharsets.UTF_8);
        try {
            var name = YamlReader.readOne(file.toString(), text) instanceof Mapping root
                            && root.get("metadata") instanceof Mapping metadata
                            && metadata.get("name") instanceof Scalar scalar
                    ? scalar.text()
                    : "";
            if (name.isEmpty()) {
                throw Failure.refused(file + ": 'metadata.name' is missing: the name of the source");
            }
            return new SourceDraft(file, name, text);
        } catch (DefinitionException wrong) {
            throw Failure.refused(String.valueOf(wrong.getMessage()));
        }
    }

    /// Tells the mistakes that Muster found.
    ///
    /// @return how many there are
    /// @throws Failure when it said no for another reason
    int tellMistakes(Muster.Answer answer, Output out) {
        var errors = answer.body().path("errors");
        if (answer.status() != 422 || !errors.isArray()) {
            throw Muster.refusal(answer);
        }
        errors.forEach(error -> out.remark(Remark.error(error, file.toString())));
        return errors.size();
    }
}
