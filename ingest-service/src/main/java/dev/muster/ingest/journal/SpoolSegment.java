package dev.muster.ingest.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One file of the spool: a mark of four bytes, then frames, one after the other. Only ever appended to.
///
/// **Promises.** What [#append] returned from is on the disk. Whatever is cut off its end, all frames before the cut
/// are read again.
///
/// Written by one thread at a time; read by another from what was durable then.
final class SpoolSegment {

    private static final Logger LOG = LoggerFactory.getLogger(SpoolSegment.class);
    private static final byte[] MARK = "MSP1".getBytes(US_ASCII);

    private final Path file;
    private final long number;
    private @Nullable FileChannel writing;
    private volatile long length;
    private volatile long records;

    private SpoolSegment(Path file, long number, @Nullable FileChannel writing, long length, long records) {
        this.file = file;
        this.number = number;
        this.writing = writing;
        this.length = length;
        this.records = records;
    }

    /// Where the first frame begins.
    static long begin() {
        return MARK.length;
    }

    /// A new file, itself durable.
    static SpoolSegment create(Path folder, long number) throws IOException {
        var file = folder.resolve("%019d.spool".formatted(number));
        var channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            writeFully(channel, ByteBuffer.wrap(MARK));
            channel.force(true);
            try (var directory = FileChannel.open(folder)) {
                directory.force(true);
            }
        } catch (IOException failed) {
            channel.close();
            Files.deleteIfExists(file);
            throw failed;
        }
        return new SpoolSegment(file, number, channel, MARK.length, 0);
    }

    /// A file that an earlier process left. What is torn at its end was never acknowledged to anybody and is cut off.
    static SpoolSegment recover(Path file) throws IOException {
        var name = file.getFileName().toString();
        var number = Long.parseLong(name.substring(0, name.length() - ".spool".length()));
        try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            var size = channel.size();
            var mark = ByteBuffer.allocate(MARK.length);
            var good = readFully(channel, mark, 0) && mark.equals(ByteBuffer.wrap(MARK)) ? begin() : 0;
            var records = 0L;
            for (var frame = good == 0 ? null : frame(channel, good, size);
                    frame != null;
                    frame = frame(channel, good, size)) {
                good += frame.size();
                records++;
            }
            if (good < size) {
                LOG.warn("{}: {} bytes at its end are no whole record and are cut off", file, size - good);
                channel.truncate(good);
                channel.force(true);
            }
            return new SpoolSegment(file, number, null, good, records);
        }
    }

    long number() {
        return number;
    }

    /// Bytes that are known to be on the disk.
    long length() {
        return length;
    }

    /// Records that were ever put in.
    long records() {
        return records;
    }

    /// Returns when all of them are on the disk.
    ///
    /// @throws IOException when they may not be: nothing may be appended any more
    void append(List<SpoolFrame> frames) throws IOException {
        if (writing == null) {
            throw new IOException(file + " is not open for writing");
        }
        var at = length;
        var all = records + frames.size();
        for (var frame : frames) {
            writeFully(writing, frame.encoded());
            at += frame.size();
        }
        writing.force(false);
        length = at;
        records = all;
    }

    /// Frames from a place on, until one of the bounds is passed; at least one when there is one.
    ///
    /// @throws IOException also when what was written is not there any more
    List<SpoolFrame> read(long from, int maxRecords, long maxBytes) throws IOException {
        var end = length;
        var frames = new ArrayList<SpoolFrame>();
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            for (var at = from; at < end && frames.size() < maxRecords && at - from < maxBytes; ) {
                var frame = frame(channel, at, end);
                if (frame == null) {
                    throw new IOException("%s is damaged at byte %d of %d".formatted(file, at, end));
                }
                frames.add(frame);
                at += frame.size();
            }
        }
        return frames;
    }

    /// No more appends. What an append that failed may have left behind is cut off.
    void seal() {
        if (writing == null) {
            return;
        }
        try (var channel = writing) {
            writing = null;
            if (channel.size() > length) {
                channel.truncate(length);
            }
        } catch (IOException e) {
            LOG.warn("{} could not be closed: {}", file, e.toString());
        }
    }

    void delete() throws IOException {
        seal();
        Files.deleteIfExists(file);
    }

    /// Keeps the file under another name, so that it is in nobody's way.
    void setAside() throws IOException {
        seal();
        Files.move(file, file.resolveSibling(file.getFileName() + ".damaged"));
    }

    private static @Nullable SpoolFrame frame(FileChannel channel, long at, long end) throws IOException {
        var header = ByteBuffer.allocate(SpoolFrame.HEADER);
        var left = end - at - SpoolFrame.HEADER;
        if (left < 0 || !readFully(channel, header, at)) {
            return null;
        }
        var length = SpoolFrame.payloadLength(header, left);
        if (length < 0) {
            return null;
        }
        var payload = new byte[length];
        return readFully(channel, ByteBuffer.wrap(payload), at + SpoolFrame.HEADER)
                ? SpoolFrame.decoded(header, payload)
                : null;
    }

    private static boolean readFully(FileChannel channel, ByteBuffer buffer, long from) throws IOException {
        for (var at = from; buffer.hasRemaining(); ) {
            var read = channel.read(buffer, at);
            if (read < 0) {
                return false;
            }
            at += read;
        }
        buffer.flip();
        return true;
    }

    private static void writeFully(FileChannel channel, ByteBuffer... buffers) throws IOException {
        while (buffers[buffers.length - 1].hasRemaining()) {
            channel.write(buffers);
        }
    }
}
