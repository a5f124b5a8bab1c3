package dev.muster.local.parts;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// How to start one child process. Secrets travel in the environment or in files, never on the command line.
///
/// @param name short, also the name of its log and of its pid file
/// @param environment what it gets besides the few variables that every program needs
/// @param log where its output is appended
/// @param stopSignal the signal that asks it to end in good order, without `SIG`
public record Program(String name, List<String> command, Map<String, String> environment, Path log, String stopSignal) {

    public Program {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /// A program that ends in good order on SIGTERM.
    public static Program of(String name, List<String> command, Map<String, String> environment, Path log) {
        return new Program(name, command, environment, log, "TERM");
    }

    /// The `java` that runs us.
    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /// A command line of our `java` for a small process. Its optimising compiler has its defaults: what it takes in
    /// the first minute comes back soon, because what it has not compiled takes twice the processor time.
    ///
    /// @param heap such as `256m`
    /// @param archive options of its class archive, see [ClassArchives]
    public static List<String> smallJava(String heap, List<String> archive, List<String> rest) {
        var command = new ArrayList<>(List.of(
                java(),
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-Xlog:disable",
                "-Xlog:all=error:stderr",
                "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(archive);
        command.addAll(rest);
        return command;
    }
}
