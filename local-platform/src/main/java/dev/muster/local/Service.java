package dev.muster.local;

import dev.muster.local.parts.ClassArchives;
import dev.muster.local.parts.Part;
import dev.muster.local.parts.Probe;
import dev.muster.local.parts.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// One of our services, from the jar that production runs.
///
/// @param jar the executable jar
/// @param heap such as `256m`
/// @param healthPort where it is asked for its readiness
/// @param unpacked where its jar is laid out so that the JVM can keep an archive of its classes
record Service(
        String name,
        Path jar,
        String heap,
        int healthPort,
        Map<String, String> environment,
        Path unpacked,
        ClassArchives archives,
        Path log)
        implements Part {

    @Override
    public Program program() throws IOException {
        var home = home();
        return program(home, archives.options(archived(home)), environment);
    }

    /// Another run of the same JVM: it learns what it needs to start, and leaves that in a file.
    ///
    /// @param output where to
    Program training(Path output, Map<String, String> environment) throws IOException {
        return program(home(), List.of("-XX:AOTCacheOutput=" + output, "-Dspring.context.exit=onRefresh"), environment);
    }

    /// Where a training run leaves what it learned.
    Path trained() throws IOException {
        return archives.trained(archived(home()));
    }

    private Path home() throws IOException {
        return ServiceJar.unpack(name, jar, unpacked, log);
    }

    private static String archived(Path home) {
        return home.getFileName().toString();
    }

    private Program program(Path home, List<String> archive, Map<String, String> environment) {
        return Program.of(
                name,
                Program.smallJava(
                        heap,
                        archive,
                        List.of(
                                "-Dfile.encoding=UTF-8",
                                "-jar",
                                home.resolve(ServiceJar.MAIN).toString())),
                environment,
                log);
    }

    @Override
    public boolean ready() {
        return Probe.answers("http://localhost:%d/actuator/health/readiness".formatted(healthPort));
    }
}
