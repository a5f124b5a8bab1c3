package dev.muster.local;

import dev.muster.local.parts.Child;
import dev.muster.local.parts.Program;
import dev.muster.local.parts.StartFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// Lays out an executable jar as a small jar and a folder of libraries, with Spring Boot's own tool: the JVM starts
/// that a third
/// faster, because it can keep an archive of the classes.
final class ServiceJar {

    private static final long END_BYTES = 2 * 1024 * 1024;

    private ServiceJar() {}

    /// The jar to start, laid out again when the executable jar has changed since.
    ///
    /// @param archive of the classes, which is worth nothing then: the JVM looks at the times of jars only
    static Path unpack(Path jar, Path folder, Path archive, Path log) throws IOException {
        var main = folder.resolve("service.jar");
        var marker = folder.resolve("made-from");
        var made = "%s %s".formatted(jar, fingerprint(jar));
        if (Files.exists(marker) && Files.readString(marker).equals(made)) {
            return main;
        }
        delete(folder);
        Files.deleteIfExists(archive);
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

    /// Changes whenever anything in the jar does: a hash of its end, where the jar lists the checksums of what it
    /// holds. Its time does
    /// not tell, because a reproducible build gives every jar the same one.
    private static String fingerprint(Path jar) throws IOException {
        try (var file = FileChannel.open(jar)) {
            var end = ByteBuffer.allocate((int) Math.min(END_BYTES, file.size()));
            file.position(file.size() - end.capacity());
            while (end.hasRemaining() && file.read(end) >= 0) {
                // until it is full
            }
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(end.array()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
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
