package dev.muster.local.parts;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/// Ports of the loopback address.
public final class Ports {

    /// Below the range from which systems take the ports of outgoing connections, so that a part finds its port again
    /// when it
    /// is restarted.
    private static final int LOWEST = 21_000;

    private static final int HIGHEST = 31_999;

    private Ports() {}

    /// Whether nobody listens on `port`, on the loopback address and on all addresses.
    public static boolean free(int port) {
        return binds(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                && binds(new InetSocketAddress(port));
    }

    /// A port that is free now.
    public static int anyFree() {
        for (var attempt = 0; attempt < 1_000; attempt++) {
            var port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST + 1);
            if (free(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port between %d and %d".formatted(LOWEST, HIGHEST));
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
