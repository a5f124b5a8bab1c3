package dev.muster.local;

import dev.muster.local.parts.Child;
import dev.muster.local.parts.Program;
import dev.muster.local.parts.StartFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// Lays out an executable jar as a small jar and a folder of libraries, with Spring Boot's own tool: the JVM
/// starts that a third faster, because it can keep an archive of the classes.
final class ServiceJar {

    static final String MAIN = "service.jar";
    private static final int FINGERPRINT_BYTES = 8;
    private static final long END_BYTES = 2 * 1024 * 1024;

    private ServiceJar() {}

    /// The folder that holds [#MAIN], laid out now when that was not done before for exactly this executable jar.
    ///
    /// @param folder shared by all platforms of this checkout; what nobody used for a day is removed
    static Path unpack(String name, Path jar, Path folder, Path log) throws IOException {
        var home = folder.resolve(name + "-" + fingerprint(jar));
        if (!Files.exists(home)) {
            Files.createDirectories(folder);
            removeUnused(name, folder);
            var unfinished = Files.createTempDirectory(folder, "unfinished-");
            extract(name, jar, unfinished.resolve("jar"), log);
            try {
                Files.move(unfinished.resolve("jar"), home, StandardCopyOption.ATOMIC_MOVE);
            } catch (FileSystemException e) {
                if (!Files.exists(home)) {
                    throw e;
                }
                delete(unfinished.resolve("jar")); // another platform was faster
            }
            delete(unfinished);
        }
        Files.setLastModifiedTime(home, FileTime.from(Instant.now()));
        return home;
    }

    private static void extract(String name, Path jar, Path target, Path log) {
        var child = Child.start(Program.of(
                name + "-unpack",
                List.of(
                        Program.java(),
                        "-Djarmode=tools",
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        jar.toString(),
                        "extract",
                        "--destination",
                        target.toString(),
                        "--application-filename",
                        MAIN),
                Map.of(),
                log));
        if (child.ended().join().exitCode() != 0 || !Files.exists(target.resolve(MAIN))) {
            throw new StartFailure("cannot lay out " + jar + ".%n".formatted() + StartFailure.said(child));
        }
    }

    private static void removeUnused(String name, Path folder) throws IOException {
        var yesterday = FileTime.from(Instant.now().minus(Duration.ofDays(1)));
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                var ours = file.getFileName().toString().startsWith(name + "-");
                if (ours && Files.getLastModifiedTime(file).compareTo(yesterday) < 0) {
                    delete(file);
                }
            }
        }
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
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(end.array()), 0, FINGERPRINT_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void delete(Path path) throws IOException {
        try (var files = Files.walk(path)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
