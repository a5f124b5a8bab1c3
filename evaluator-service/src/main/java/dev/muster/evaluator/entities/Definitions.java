package dev.muster.evaluator.entities;

import dev.muster.engine.rule.ScorecardCompiler;
import dev.muster.evaluator.mapping.Definition;
import dev.muster.records.ScorecardMapping;
import dev.muster.schemas.v1.Scorecard;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Compiled scorecards, shared by all partitions of an instance: compiling costs more than a thousand evaluations.
final class Definitions {

    private record Cached(String digest, Definition definition) {}

    private final ScorecardCompiler compiler;
    private final Map<String, Cached> newest = new ConcurrentHashMap<>();

    Definitions(ScorecardCompiler compiler) {
        this.compiler = compiler;
    }

    /// Ready to evaluate. A rule that does not compile becomes ERROR with its reason.
    Definition of(Scorecard published) {
        // The digest too, because a scorecard that was deleted and published again begins with version 1 again.
        var digest = published.getVersion() + " " + published.getDigest();
        return newest.compute(published.getName(), (_, known) -> {
                    if (known != null && known.digest().equals(digest)) {
                        return known;
                    }
                    var compiled = compiler.compile(ScorecardMapping.toEngine(published), published.getVersion());
                    return new Cached(digest, Definition.of(published, compiled));
                })
                .definition();
    }
}
