package dev.muster.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "attest",
        mixinStandardHelpOptions = true,
        description =
                "Says in your name, with evidence and for a time, that an entity meets a rule; or takes that back.")
final class AttestCommand extends ToldCommand {

    @Parameters(
            arity = "2",
            paramLabel = "ARGUMENT",
            description = {"ENTITY RULE      such as: payments has-threat-model", "withdraw ID"})
    private List<String> arguments = List.of();

    @Option(names = "--evidence", paramLabel = "TEXT", description = "What it rests on: a link or words.")
    private @Nullable String evidence;

    @Option(
            names = "--expires",
            paramLabel = "WHEN",
            description = "Until when it counts: a duration such as 90d, a date or a time; the rule says how far away.")
    private @Nullable String expires;

    @Option(names = "--scorecard", paramLabel = "NAME", description = "For this scorecard only (default: all).")
    private @Nullable String scorecard;

    @Option(names = "--note", paramLabel = "TEXT", description = "What else you want to say.")
    private @Nullable String note;

    AttestCommand(Supplier<Muster> muster) {
        super(muster);
    }

    @Override
    int run(Muster muster, PrintWriter out) {
        var first = arguments.getFirst();
        if (first.equals("withdraw")) {
            var id = Muster.segment(arguments.getLast());
            return new Decision(muster, out)
                    .with("comment", note)
                    .delete("/v1/attestations/" + id, "attestation %s is withdrawn".formatted(arguments.getLast()));
        }
        return new Decision(muster, out)
                .with("entity", ExplainCommand.reference(first))
                .with("rule", arguments.getLast())
                .with("evidence", evidence)
                .with("expires", expires)
                .with("scorecard", scorecard)
                .with("note", note)
                .post("/v1/attestations", "attestation");
    }
}
