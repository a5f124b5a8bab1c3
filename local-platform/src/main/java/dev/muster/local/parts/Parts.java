package dev.muster.local.parts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// Where the build put the programs: `local-platform/target/parts`.
///
/// @param home holds `kafka/`, `platform/`, `postgres/` and `registry/`
public record Parts(Path home) {

    /// Finds the parts of this checkout: the system property `muster.parts`, else beside the own class
    /// files, else by going up from the working directory.
    ///
    /// @throws IllegalStateException when the build did not put them there yet
    public static Parts find() {
        var named = System.getProperty("muster.parts");
        return (named == null ? besideOwnClasses().or(Parts::aboveWorkingDirectory) : Optional.of(Path.of(named)))
                .map(Parts::new)
                .orElseThrow(
                        () -> new IllegalStateException(
                                "the broker, registry and database are not unpacked: run mvn -pl local-platform generate-resources"));
    }

    /// The class path of the broker's process.
    public String brokerClassPath() {
        return jars(home.resolve("kafka")) + jars(home.resolve("platform"));
    }

    /// The checkout that was built.
    public Path checkout() {
        return home.resolve("../../..").normalize();
    }

    /// The class archives of all platforms and tests of this checkout.
    public ClassArchives archives() {
        return new ClassArchives(home.resolve("archives"), true);
    }

    /// Where the jars of the services are laid out.
    public Path services() {
        return home.resolve("services");
    }

    Path registry() {
        return home.resolve("registry");
    }

    /// The packed PostgreSQL of this machine's kind.
    Path postgresArchive() {
        try (var files = Files.list(home.resolve("postgres"))) {
            return files.filter(file -> file.toString().endsWith(".txz"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no PostgreSQL for this machine in " + home));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Path> besideOwnClasses() {
        try {
            var source = Parts.class.getProtectionDomain().getCodeSource();
            return source == null
                    ? Optional.empty()
                    : Optional.of(Path.of(source.getLocation().toURI()).resolveSibling("parts"))
                            .filter(Parts::complete);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Optional<Path> aboveWorkingDirectory() {
        return Stream.iterate(Path.of("").toAbsolutePath(), folder -> folder != null, Path::getParent)
                .map(folder -> folder.resolve("local-platform/target/parts"))
                .filter(Parts::complete)
                .findFirst();
    }

    private static boolean complete(Path parts) {
        return Files.isDirectory(parts.resolve("kafka"));
    }

    private static String jars(Path folder) {
        return folder + "/*" + java.io.File.pathSeparator;
    }
}
