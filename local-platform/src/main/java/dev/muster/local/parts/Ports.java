package dev.muster.local.parts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Ports of the loopback address.
public final class Ports {

    /// Below the range from which systems take the ports of outgoing connections, so that a part finds its
    /// port again when it is restarted.
    private static final int LOWEST = 21_000;

    private static final int HIGHEST = 31_999;

    private static final int RESERVED = 500;

    private static int next;

    private Ports() {}

    /// Whether nobody listens on `port`, on the loopback address and on all addresses.
    public static boolean free(int port) {
        return binds(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                && binds(new InetSocketAddress(port));
    }

    /// A port that is free now. Each is given once, and by one process on this machine only: whoever asks
    /// needs a while until it listens.
    public static synchronized int anyFree() {
        for (var given = 0; given < RESERVED; given++) {
            var port = Reserved.LOWEST + next++ % RESERVED;
            if (free(port)) {
                return port;
            }
        }
        throw new IllegalStateException(
                "no free port between %d and %d".formatted(Reserved.LOWEST, Reserved.LOWEST + RESERVED - 1));
    }

    /// Some ports that no other process gives away, as long as this one lives.
    private static final class Reserved {

        /// Kept from the collector, which would close its file and so give the lock away.
        private static final FileLock LOCK = lock();

        static final int LOWEST = Math.toIntExact(LOCK.position());

        /// A byte of one file for each of the ranges: the one at its lowest port is locked.
        private static FileLock lock() {
            var file = Path.of(System.getProperty("java.io.tmpdir"), "muster-ports.lock");
            try {
                var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                for (var port = Ports.LOWEST; port + RESERVED <= HIGHEST + 1; port += RESERVED) {
                    var lock = channel.tryLock(port, 1, false);
                    if (lock != null) {
                        return lock;
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot reserve ports by " + file, e);
            }
            throw new IllegalStateException("all ports between %d and %d are reserved by processes that lock %s"
                    .formatted(Ports.LOWEST, HIGHEST, file));
        }
    }

    private static boolean binds(InetSocketAddress address) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address);
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
