package dev.muster.benchmarks;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Values to write in turn. Of one thread.
final class Samples {

    private final List<byte[]> values;
    private int next;

    Samples(List<byte[]> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("there is no value to write");
        }
        this.values = List.copyOf(values);
    }

    byte[] next() {
        next = (next + 1) % values.size();
        return values.get(next);
    }

    List<byte[]> all() {
        return values;
    }

    /// Their own, from the first.
    Samples copy() {
        return new Samples(values);
    }

    /// Bytes of one value, on average.
    int size() {
        return (int) values.stream().mapToInt(it -> it.length).average().orElse(0);
    }

    void write(Path file) throws IOException {
        try (var out = new DataOutputStream(Files.newOutputStream(file))) {
            out.writeInt(values.size());
            for (var value : values) {
                out.writeInt(value.length);
                out.write(value);
            }
        }
    }

    static Samples read(Path file) throws IOException {
        try (var in = new DataInputStream(Files.newInputStream(file))) {
            var values = new ArrayList<byte[]>();
            for (var left = in.readInt(); left > 0; left--) {
                values.add(in.readNBytes(in.readInt()));
            }
            return new Samples(values);
        }
    }
}
