package dev.muster.local;

import dev.muster.local.parts.Parts;
import dev.muster.local.parts.StartFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `muster up`.
///
/// Exit codes: 0 after Ctrl-C or SIGTERM, 1 when something failed, 2 for arguments that make no sense.
@Command(
        name = "muster up",
        mixinStandardHelpOptions = true,
        description = "Starts all of Muster on this machine and stays until Ctrl-C.",
        sortOptions = false)
public final class Main implements Callable<Integer> {

    private static final int SECONDS_TO_END = 29;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${env:MUSTER_DATA:-.muster}",
            description = "Where everything is kept (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of(".muster");

    @Option(names = "--port-offset", paramLabel = "N", description = "Added to every port (default: ${DEFAULT-VALUE}).")
    private int portOffset;

    @Option(names = "--demo", description = "Loads a small catalogue and plays a story once all is ready.")
    private boolean demo;

    @Option(
            names = "--parts-only",
            description = "Leaves the four services out, for those who start them from their IDE.")
    private boolean partsOnly;

    @Option(
            names = "--no-scorecard",
            description = "Leaves the scorecard out that a new data folder gets, production-readiness.")
    private boolean withoutScorecard;

    @Option(
            names = "--train",
            hidden = true,
            description =
                    "Starts nothing, and lets the JVMs of the services learn how to start faster: part of the build.")
    private boolean train;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicInteger exitCode = new AtomicInteger();

    /// Starts the platform.
    ///
    /// @param arguments as described by `--help`
    public static void main(String... arguments) {
        System.setProperty("slf4j.internal.verbosity", "ERROR"); // nobody here logs
        System.exit(new CommandLine(new Main()).execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        var terminal = new Terminal(System.out);
        try {
            if (train) {
                new Training(Parts.find(), terminal).run();
                return 0;
            }
            var platform = new LocalPlatform(
                    Parts.find(),
                    new PortPlan(portOffset),
                    new LocalPlatform.Wishes(data, demo, partsOnly, !withoutScorecard),
                    System.getenv(),
                    terminal);
            exitCode.set(platform.run(running -> Runtime.getRuntime().addShutdownHook(new Thread(() -> end(running)))));
        } catch (StartFailure | IllegalStateException | IOException e) {
            terminal.error(String.valueOf(e.getMessage()));
            exitCode.set(1);
        } finally {
            ended.countDown();
        }
        return exitCode.get();
    }

    /// Runs when the JVM is asked to end, by a signal or because [#call()] returned.
    private void end(LocalPlatform.Running running) {
        running.stop();
        try {
            if (ended.await(SECONDS_TO_END, TimeUnit.SECONDS)) {
                System.out.flush();
                Runtime.getRuntime().halt(exitCode.get());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
