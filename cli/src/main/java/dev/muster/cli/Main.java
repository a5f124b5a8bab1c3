package dev.muster.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The commands that talk to a running Muster.
@Command(
        name = "muster",
        mixinStandardHelpOptions = true,
        version = "Muster 0.1.0",
        description = "Talks to a running Muster (./muster up starts one).",
        subcommands = {
            ApplyCommand.class,
            LintCommand.class,
            GetCommand.class,
            ExplainCommand.class,
            AttestCommand.class,
            ExemptCommand.class,
            BacktestCommand.class,
            SendCommand.class,
            DemoCommand.class
        },
        footerHeading = "%nEnvironment:%n",
        footer = {
            "  MUSTER_URL         the portal (default http://localhost:8080)",
            "  MUSTER_INGEST_URL  the ingest service (default: port of the portal + 10)",
            "  MUSTER_TOKEN       who you are (default: from secrets.env in MUSTER_DATA)",
            "  MUSTER_DATA        the data folder of muster up (default .muster)",
            "",
            "Exit codes: 0 done, 1 refused by Muster, 2 wrong arguments or unreadable file, 3 Muster cannot be reached,",
            "4 something would have changed (backtest --exit-code)"
        })
public final class Main implements Runnable {

    @CommandLine.Spec
    private CommandLine.Model.@org.jspecify.annotations.Nullable CommandSpec spec;

    /// Runs one command.
    ///
    /// @param arguments as described by `--help`
    public static void main(String... arguments) {
        var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(commandLine(() -> Settings.from(System.getenv()), out, err).execute(arguments));
    }

    /// The commands, which read `settings` when they run.
    static CommandLine commandLine(java.util.function.Supplier<Settings> settings, PrintWriter out, PrintWriter err) {
        return new CommandLine(new Main(), new Commands(settings))
                .setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler((exception, command, _) -> {
                    if (exception instanceof Failure failure) {
                        command.getErr().println(failure.getMessage());
                        return failure.exitCode();
                    }
                    command.getErr().println("This is a bug in the command: " + exception);
                    return ExitCode.REFUSED;
                });
    }

    @Override
    public void run() {
        if (spec != null) {
            spec.commandLine().usage(spec.commandLine().getOut());
        }
    }
}
