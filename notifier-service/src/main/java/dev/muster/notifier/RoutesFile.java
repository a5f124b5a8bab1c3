package dev.muster.notifier;

import dev.muster.routing.Routes;
import dev.muster.routing.RoutesException;
import dev.muster.routing.RoutesReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The file with the routes, read at the start. One that cannot be read, or has a mistake, refuses it.
final class RoutesFile {

    private RoutesFile() {}

    /// @param file null for none
    /// @param receivers names of the configured destinations
    static Routes read(@Nullable Path file, Set<String> receivers) {
        if (file == null) {
            return Routes.NONE;
        }
        try {
            return RoutesReader.read(file.toString(), Files.readString(file), receivers);
        } catch (RoutesException wrong) {
            throw new IllegalArgumentException(
                    "muster.notifier.routes-file has mistakes:\n" + wrong.getMessage(), wrong);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "muster.notifier.routes-file cannot be read: " + file.toAbsolutePath() + " (" + e.getMessage()
                            + ")",
                    e);
        }
    }
}
