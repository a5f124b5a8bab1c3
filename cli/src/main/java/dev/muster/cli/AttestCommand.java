package dev.muster.cli;

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
final class AttestCommand extends DecisionCommand {

    @Parameters(
            arity = "2",
            paramLabel = "ARGUMENT",
            description = {"ENTITY RULE      such as: payments has-threat-model", "withdraw ID"})
    private List<String> arguments = List.of();

    @Option(names = "--evidence", paramLabel = "TEXT", description = "What it rests on: a link or words.")
    private @Nullable String evidence;

    @Option(names = "--note", paramLabel = "TEXT", description = "What else you want to say.")
    private @Nullable String note;

    AttestCommand(Supplier<Muster> muster) {
        super(muster);
    }

    @Override
    int run(Muster muster, Output out) {
        var first = arguments.getFirst();
        var second = arguments.getLast();
        return first.equals("withdraw")
                ? new Decision(muster, out).with("comment", note).withdraw("/v1/attestations", "attestation", second)
                : about(first, second, muster, out)
                        .with("evidence", evidence)
                        .with("note", note)
                        .post("/v1/attestations", "attestation");
    }
}
