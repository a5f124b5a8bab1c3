package dev.muster.local;

import dev.muster.local.parts.Child;
import dev.muster.local.parts.Program;
import dev.muster.local.parts.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Lays out an executable jar as a small jar and a folder of libraries, with Spring Boot's own tool: the JVM starts
/// that a third
/// faster, because it can keep an archive of the classes.
final class ServiceJar {

    private ServiceJar() {}

    /// The jar to start, laid out again when the executable jar has changed since.
    static Path unpack(Path jar, Path folder, Path log) throws IOException {
        var main = folder.resolve("service.jar");
        var marker = folder.resolve("made-from");
        var made = "%s %d %s".formatted(jar, Files.size(jar), Files.getLastModifiedTime(jar));
        if (Files.exists(marker) && Files.readString(marker).equals(made)) {
            return main;
        }
        delete(folder);
        Files.createDirectories(folder.getParent());
        var name = folder.getFileName() + "-unpack";
        var child = Child.start(Program.of(
                name,
                List.of(
                        Program.java(),
                        "-Djarmode=tools",
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        jar.toString(),
                        "extract",
                        "--destination",
                        folder.toString(),
                        "--application-filename",
                        "service.jar"),
                Map.of(),
                log));
        if (child.ended().join().exitCode() != 0 || !Files.exists(main)) {
            throw new StartFailure("cannot lay out " + jar + ".%n".formatted() + StartFailure.said(child));
        }
        Files.writeString(marker, made);
        return main;
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
