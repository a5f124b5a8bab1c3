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
            ReplayCommand.class,
            RebuildCommand.class,
            SendCommand.class,
            SourceCommand.class,
            NotifyCommand.class,
            NotificationsCommand.class,
            RouteCommand.class,
            SilenceCommand.class,
            DemoCommand.class
        },
        footerHeading = "%nEnvironment:%n",
        footer = {
            "  MUSTER_URL         the portal (default http://localhost:8080)",
            "  MUSTER_INGEST_URL  the ingest service (default: port of the portal + 10)",
            "  MUSTER_NOTIFIER_URL  the notifier (default: port of the portal + 12)",
            "  MUSTER_TOKEN       who you are (default: from secrets.env in MUSTER_DATA)",
            "  MUSTER_DATA        the data folder of muster up (default .muster)",
            "",
            "Exit codes:",
            "  0  done",
            "  1  refused: mistakes in a file, no such thing, a wrong token",
            "  2  wrong arguments, or a file that cannot be read",
            "  3  Muster cannot be reached, or cannot do it now: trying again may help",
            "  4  something would have changed (backtest --exit-code)",
            "  5  a rule fails (explain --exit-code)"
        })
public final class Main extends CommandGroup {

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
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((exception, command, _) -> {
                    if (exception instanceof Failure failure) {
                        tell(failure, command);
                        return failure.exitCode();
                    }
                    command.getErr().println("This is a bug in the command: " + exception);
                    return ExitCode.REFUSED;
                });
    }

    private static void tell(Failure failure, CommandLine command) {
        var message = String.valueOf(failure.getMessage());
        if (command.getCommand() instanceof ToldCommand told) {
            told.output().failure(message);
        } else {
            command.getErr().println(message);
        }
    }
}
