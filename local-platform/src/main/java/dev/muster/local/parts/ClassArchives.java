package dev.muster.local.parts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Where JVMs keep what they learned about their classes at the first start, to start in half the time from then on.
///
/// @param folder shared by all platforms and tests of a checkout
/// @param create whether a JVM that finds no archive writes one when it ends, which takes it some seconds; else it uses
/// what is there
public record ClassArchives(Path folder, boolean create) {

    /// The same, used but not written.
    public ClassArchives asTheyAre() {
        return new ClassArchives(folder, false);
    }

    /// The options of a JVM whose archive is called `name`.
    List<String> options(String name) throws IOException {
        var archive = folder.resolve(name + ".jsa");
        if (create) {
            Files.createDirectories(folder);
            return List.of("-XX:+AutoCreateSharedArchive", "-XX:SharedArchiveFile=" + archive);
        }
        return Files.exists(archive) ? List.of("-XX:SharedArchiveFile=" + archive) : List.of();
    }
}
