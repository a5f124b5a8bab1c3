package dev.muster.cli;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// A command with which a person says something about a rule of an entity, until some day.
abstract class DecisionCommand extends ToldCommand {

    @Option(
            names = "--expires",
            paramLabel = "WHEN",
            description =
                    "When it ends: a duration such as 90d, a date or a time; how far away that may be is limited.")
    private @Nullable String expires;

    @Option(names = "--scorecard", paramLabel = "NAME", description = "For this scorecard only (default: all).")
    private @Nullable String scorecard;

    DecisionCommand(Supplier<Muster> muster) {
        super(muster);
    }

    /// What is said, so far.
    final Decision about(String entity, String rule, Muster muster, Output out) {
        return new Decision(muster, out)
                .with("entity", ExplainCommand.reference(entity))
                .with("rule", rule)
                .with("expires", expires)
                .with("scorecard", scorecard);
    }
}
