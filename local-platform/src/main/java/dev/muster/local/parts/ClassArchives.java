package dev.muster.local.parts;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// Where JVMs keep what they learned about their classes, to start in half the time: the services what they
/// learned in a training run of the build (JEP 483, 514, 515), others at their first start.
///
/// An archive remembers the paths of its jars, and a JVM that finds the same jars elsewhere takes it and breaks. So its
/// name tells where the checkout stands, and one that was moved or copied writes its own.
///
/// @param folder shared by all platforms and tests of a checkout
/// @param create whether a JVM that finds no archive writes one when it ends, which takes it some seconds; else it uses
/// what is there
public record ClassArchives(Path folder, boolean create) {

    private static final int PLACE_BYTES = 8;

    /// The same, used but not written.
    public ClassArchives asTheyAre() {
        return new ClassArchives(folder, false);
    }

    /// Where a training run leaves what it learned under `name`; a file that is there is whole.
    public Path trained(String name) {
        return folder.resolve(name + "-at-" + place() + ".aot");
    }

    /// The options of a JVM whose archive is called `name`.
    public List<String> options(String name) throws IOException {
        if (Files.exists(trained(name))) {
            return List.of("-XX:AOTCache=" + trained(name));
        }
        var archive = folder.resolve(name + "-at-" + place() + ".jsa");
        if (create) {
            Files.createDirectories(folder);
            return List.of("-XX:+AutoCreateSharedArchive", "-XX:SharedArchiveFile=" + archive);
        }
        return Files.exists(archive) ? List.of("-XX:SharedArchiveFile=" + archive) : List.of();
    }

    private String place() {
        try {
            var path = folder.toAbsolutePath().normalize().toString().getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(path), 0, PLACE_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
