package dev.muster.ingest.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.time.Instant;

/// A process that puts one number after the other into a spool, each from one of several threads, and says which ones
/// are durable.
final class AppendingForEver {

    private static final int THREADS = 4;

    private AppendingForEver() {}

    public static void main(String[] args) throws InterruptedException {
        var spool = Spool.open(Path.of(args[0]), 1 << 28, 20_000);
        var threads = new Thread[THREADS];
        for (var i = 0; i < THREADS; i++) {
            var name = args[1] + "." + i;
            threads[i] = Thread.ofVirtual().start(() -> append(spool, name));
        }
        for (var thread : threads) {
            thread.join();
        }
    }

    private static void append(Spool spool, String name) {
        for (var number = 0; ; number++) {
            var text = name + "." + number;
            spool.append(new SpoolFrame(Instant.EPOCH, text.getBytes(UTF_8))).join();
            System.out.println(text);
        }
    }
}
