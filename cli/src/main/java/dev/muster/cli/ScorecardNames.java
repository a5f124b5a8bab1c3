package dev.muster.cli;

import dev.muster.engine.definition.DefinitionException;
import dev.muster.engine.definition.YamlNode.Mapping;
import dev.muster.engine.definition.YamlNode.Scalar;
import dev.muster.engine.definition.YamlReader;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/// The names of scorecards over all files. Each scorecard is sent by itself: of two with one name the last would win.
final class ScorecardNames {

    private ScorecardNames() {}

    /// Tells every name that is there again, with both places.
    ///
    /// @return how many mistakes were told
    static int check(List<Document> documents, Output out) {
        var first = new HashMap<String, Bundle.Origin>();
        var mistakes = 0;
        for (var document : documents) {
            if (!document.scorecard()) {
                continue;
            }
            var bundle = Bundle.of(List.of(document));
            var name = name(bundle);
            if (name.isEmpty()) {
                continue;
            }
            var at = bundle.origin(name.get().place().line());
            var before = first.putIfAbsent(name.get().text(), at);
            if (before != null) {
                var message = "the scorecard '%s' is there twice, first in %s; give one of them another name"
                        .formatted(name.get().text(), before);
                out.remark(Remark.error(at, name.get().place().column(), message));
                mistakes++;
            }
        }
        return mistakes;
    }

    private static Optional<Scalar> name(Bundle bundle) {
        try {
            return YamlReader.readOne(null, bundle.text()) instanceof Mapping document
                            && document.get("metadata") instanceof Mapping metadata
                            && metadata.get("name") instanceof Scalar name
                    ? Optional.of(name)
                    : Optional.empty();
        } catch (DefinitionException _) {
            return Optional.empty(); // whoever reads the rest of it tells what is wrong with it
        }
    }
}
