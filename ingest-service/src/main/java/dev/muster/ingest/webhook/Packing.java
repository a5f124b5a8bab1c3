package dev.muster.ingest.webhook;

import dev.muster.ingest.body.Body;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.zip.GZIPInputStream;

/// How a body is compressed, by `Content-Encoding`.
enum Packing {
    NONE,
    GZIP,
    OTHER;

    static Packing of(List<String> encodings) {
        if (encodings.isEmpty() || encodings.equals(List.of("identity"))) {
            return NONE;
        }
        return encodings.size() == 1 && encodings.getFirst().equalsIgnoreCase("gzip") ? GZIP : OTHER;
    }

    /// The body without compression, bounded by the reader. What is not compressed in truth stays as it
    /// came: it is kept, and becomes a dead letter with its reason.
    Body unpacked(Body.Reader reader, byte[] body) {
        if (this != GZIP) {
            return new Body.Whole(body);
        }
        try (var in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return reader.read(in, -1);
        } catch (IOException _) {
            return new Body.Whole(body);
        }
    }
}
