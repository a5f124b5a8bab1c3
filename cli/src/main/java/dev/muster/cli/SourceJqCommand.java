package dev.muster.cli;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "jq",
        mixinStandardHelpOptions = true,
        description = {
            "Says in CEL, the language of source definitions, what a simple filter of jq says.",
            "Unlike in jq, // replaces only what is absent, not false."
        },
        footer = JqImport.SUPPORTED)
final class SourceJqCommand implements Callable<Integer> {

    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILTER", description = "Such as: '.alert.labels.severity // \"none\"'")
    private String filter = "";

    @Option(
            names = "--of",
            paramLabel = "VARIABLE",
            defaultValue = "body",
            description = "What . is: body, item or member (default: ${DEFAULT-VALUE}).")
    private String variable = "body";

    @Override
    public Integer call() {
        requireNonNull(spec, "set by picocli").commandLine().getOut().println(JqImport.cel(filter, variable));
        return ExitCode.OK;
    }
}
