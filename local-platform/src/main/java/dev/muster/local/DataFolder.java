package dev.muster.local;

import dev.muster.local.parts.StartFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/// The folder that holds everything a platform keeps, used by one platform at a time.
final class DataFolder implements AutoCloseable {

    private final Path root;
    private final FileChannel lock;

    private DataFolder(Path root, FileChannel lock) {
        this.root = root;
        this.lock = lock;
    }

    /// Creates the folder when it is not there, and takes it for this process.
    ///
    /// @throws StartFailure when another platform has it
    static DataFolder take(Path folder) throws IOException {
        var root = folder.toAbsolutePath().normalize();
        if (!Files.isDirectory(root)) {
            Files.createDirectories(
                    root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
        }
        var lock = FileChannel.open(
                root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        if (!locked(lock)) {
            var holder = read(lock);
            lock.close();
            throw new StartFailure("""
                    Muster already runs with the data in %s (process %s).
                    Stop that one first, or start another beside it: ./muster up --data OTHER-FOLDER --port-offset 100""".formatted(root, holder.isBlank() ? "unknown" : holder));
        }
        lock.truncate(0);
        lock.write(ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
        return new DataFolder(root, lock);
    }

    Path of(String name) {
        return root.resolve(name);
    }

    /// Where `process` writes; what it wrote in the run before is kept beside it once.
    Path log(String process) {
        return root.resolve("logs").resolve(process + ".log");
    }

    /// Begins new logs.
    void turnLogs() throws IOException {
        var logs = Files.createDirectories(root.resolve("logs"));
        try (var files = Files.list(logs)) {
            for (var log :
                    files.filter(file -> file.toString().endsWith(".log")).toList()) {
                Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException _) {
            return false;
        }
    }

    private static String read(FileChannel channel) throws IOException {
        var bytes = ByteBuffer.allocate(32);
        channel.read(bytes, 0);
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    }
}
