package dev.muster.ingest.journal;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// One record in a file of the spool: length of the payload (4 bytes), time in milliseconds since 1970 (8), CRC-32C of
/// both and the payload (4), payload.
///
/// @param payload 1 byte or more
@SuppressWarnings("ArrayRecordComponent") // never compared
record SpoolFrame(Instant at, byte[] payload) {

    static final int HEADER = Integer.BYTES + Long.BYTES + Integer.BYTES;

    /// Larger than any delivery with its headers: who reads a greater length reads no frame.
    private static final int MAX_PAYLOAD = 64 * 1024 * 1024;

    /// Bytes that it takes in a file.
    int size() {
        return HEADER + payload.length;
    }

    /// As it stands in a file. Of the payload, which may be large, no copy is made.
    ByteBuffer[] encoded() {
        var millis = at.toEpochMilli();
        var header = ByteBuffer.allocate(HEADER)
                .putInt(payload.length)
                .putLong(millis)
                .putInt(checksum(millis, payload))
                .flip();
        return new ByteBuffer[] {header, ByteBuffer.wrap(payload)};
    }

    /// Bytes of the payload that follows this header, or -1 when it cannot be the header of a frame.
    ///
    /// @param left bytes of the file that follow the header
    static int payloadLength(ByteBuffer header, long left) {
        var length = header.getInt(0);
        return length > 0 && length <= MAX_PAYLOAD && length <= left ? length : -1;
    }

    /// The frame, or null when its checksum is another.
    static @Nullable SpoolFrame decoded(ByteBuffer header, byte[] payload) {
        var millis = header.getLong(Integer.BYTES);
        return header.getInt(Integer.BYTES + Long.BYTES) == checksum(millis, payload)
                ? new SpoolFrame(Instant.ofEpochMilli(millis), payload)
                : null;
    }

    private static int checksum(long millis, byte[] payload) {
        var crc = new CRC32C();
        crc.update(ByteBuffer.allocate(Integer.BYTES + Long.BYTES)
                .putInt(payload.length)
                .putLong(millis)
                .flip());
        crc.update(payload);
        return (int) crc.getValue();
    }
}
