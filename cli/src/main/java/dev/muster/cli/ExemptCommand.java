package dev.muster.cli;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "exempt",
        mixinStandardHelpOptions = true,
        description =
                "Asks that an entity is not held to a rule for a time; or decides about what somebody else asked for.")
final class ExemptCommand extends DecisionCommand {

    private static final Set<String> STEPS = Set.of("approve", "deny", "revoke");

    @Parameters(
            arity = "2",
            paramLabel = "ARGUMENT",
            description = {
                "ENTITY RULE      such as: payments max-known-vulnerabilities",
                "approve ID, deny ID, revoke ID"
            })
    private List<String> arguments = List.of();

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, in at least 10 characters.")
    private @Nullable String reason;

    @Option(
            names = "--finding",
            paramLabel = "ID",
            description = "Only this finding, such as a CVE (default: the rule).")
    private @Nullable String finding;

    @Option(names = "--comment", paramLabel = "TEXT", description = "What you say to approve, deny or revoke.")
    private @Nullable String comment;

    ExemptCommand(Supplier<Muster> muster) {
        super(muster);
    }

    @Override
    int run(Muster muster, Output out) {
        var first = arguments.getFirst();
        var second = arguments.getLast();
        return STEPS.contains(first)
                ? new Decision(muster, out)
                        .with("comment", comment)
                        .post("/v1/exemptions/%s/%s".formatted(Muster.segment(second), first), "exemption")
                : about(first, second, muster, out)
                        .with("finding", finding)
                        .with("reason", reason)
                        .post("/v1/exemptions", "exemption");
    }
}
