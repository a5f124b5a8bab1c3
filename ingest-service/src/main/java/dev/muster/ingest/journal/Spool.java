package dev.muster.ingest.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A queue of records in a folder, for one process at a time.
///
/// **Promises.** A future of [#append] that completes normally means that the record is on the disk: it is read again
/// by whoever opens the folder next, even when this process dies at that instant. Records come out in the order in
/// which they went in. One comes out again and again, also after a crash, until [#remove] took it.
/// **Does not promise.** That a record that was removed never comes back: after a crash, those of the oldest file do.
///
/// Many who wait share one `fsync`. The folder takes no more than its bound.
final class Spool implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

    private record Waiting(SpoolFrame frame, CompletableFuture<Void> durable) {}

    private final Path folder;
    private final long maxBytes;
    private final long segmentBytes;
    private final FileChannel folderLock;
    private final Thread writer =
            Thread.ofPlatform().daemon().name("spool-writer").unstarted(this::write);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition written = lock.newCondition();
    private final Condition asked = lock.newCondition();
    private final List<Waiting> waiting = new ArrayList<>();
    private final Deque<SpoolSegment> segments = new ArrayDeque<>();
    private @Nullable SpoolSegment active;
    private long nextNumber = 1;
    private long reserved;
    private long readFrom = SpoolSegment.begin();
    private long readRecords;
    private @Nullable Instant oldest;
    private boolean failing;
    private boolean closed;

    private Spool(Path folder, long maxBytes, long segmentBytes, FileChannel folderLock) {
        this.folder = folder;
        this.maxBytes = maxBytes;
        this.segmentBytes = segmentBytes;
        this.folderLock = folderLock;
    }

    /// Opens the folder with what an earlier process left in it; makes it when it is not there.
    ///
    /// @param maxBytes what all files together may take
    /// @param segmentBytes a file that is larger gets no more records
    /// @throws SpoolUnusableException when it cannot be written, or another process has it
    static Spool open(Path folder, long maxBytes, long segmentBytes) {
        try {
            Files.createDirectories(folder);
            var spool = new Spool(folder, maxBytes, segmentBytes, locked(folder));
            spool.recover();
            spool.writer.start();
            return spool;
        } catch (IOException e) {
            throw new SpoolUnusableException(folder, e);
        }
    }

    private static FileChannel locked(Path folder) throws IOException {
        var channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException _) {
            // this very process has it
        }
        channel.close();
        throw new IOException("another ingest service uses it; each needs a folder of its own");
    }

    private void recover() throws IOException {
        List<Path> files;
        try (var list = Files.list(folder)) {
            files = list.filter(it -> it.getFileName().toString().matches("\\d{19}\\.spool"))
                    .sorted()
                    .toList();
        }
        for (var file : files) {
            var segment = SpoolSegment.recover(file);
            nextNumber = segment.number() + 1;
            if (segment.records() == 0) {
                segment.delete();
            } else {
                segments.add(segment);
            }
        }
        if (files.isEmpty()) {
            // a folder that cannot be written is told now, and not when it is needed
            SpoolSegment.create(folder, nextNumber++).delete();
        }
        tellOldest();
    }

    /// Puts a record at the end.
    ///
    /// @return completes when it is on the disk; fails with [SpoolFullException], or an [IOException] of the disk
    CompletableFuture<Void> append(SpoolFrame frame) {
        var durable = new CompletableFuture<Void>();
        lock.lock();
        try {
            if (closed) {
                durable.completeExceptionally(new IOException("the spool is closed"));
            } else if (bytes() + reserved + frame.size() + SpoolSegment.begin() > maxBytes) {
                durable.completeExceptionally(new SpoolFullException(maxBytes));
            } else {
                reserved += frame.size();
                waiting.add(new Waiting(frame, durable));
                asked.signal();
            }
        } finally {
            lock.unlock();
        }
        return durable;
    }

    private void write() {
        for (var batch = next(); !batch.isEmpty(); batch = next()) {
            Exception failure = null;
            try {
                writable().append(batch.stream().map(Waiting::frame).toList());
            } catch (IOException | RuntimeException e) {
                failure = e;
                LOG.error("{} cannot be written: {}", folder, e.toString());
            }
            settle(batch, failure);
        }
    }

    /// All who wait; none once it is closed.
    private List<Waiting> next() {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                asked.awaitUninterruptibly();
            }
            var batch = List.copyOf(waiting);
            waiting.clear();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private SpoolSegment writable() throws IOException {
        var current = active;
        if (current != null && current.length() < segmentBytes) {
            return current;
        }
        if (current != null) {
            current.seal();
        }
        var segment = SpoolSegment.create(folder, nextNumber++);
        lock.lock();
        try {
            active = segment;
            segments.add(segment);
        } finally {
            lock.unlock();
        }
        return segment;
    }

    private void settle(List<Waiting> batch, @Nullable Exception failure) {
        lock.lock();
        try {
            reserved -= batch.stream().mapToLong(it -> it.frame().size()).sum();
            failing = failure != null;
            if (failure == null) {
                if (oldest == null) {
                    oldest = batch.getFirst().frame().at();
                }
                written.signalAll();
            } else if (active != null) {
                // After a failed fsync nobody knows what is on the disk: what comes goes to another file.
                active.seal();
                active = null;
                dropWhatIsRead();
            }
        } finally {
            lock.unlock();
        }
        for (var one : batch) {
            if (failure == null) {
                one.durable().complete(null);
            } else {
                one.durable().completeExceptionally(failure);
            }
        }
    }

    /// The oldest records, until one of the bounds is passed; waits for some. They stay where they are.
    ///
    /// @return none when there was nothing within that time
    List<SpoolFrame> peek(int maxRecords, long maxBytes, Duration within) throws InterruptedException {
        SpoolSegment segment;
        lock.lock();
        try {
            for (var left = within.toNanos(); records() == 0; ) {
                if (left <= 0 || closed) {
                    return List.of();
                }
                left = written.awaitNanos(left);
            }
            dropWhatIsRead();
            segment = segments.getFirst();
        } finally {
            lock.unlock();
        }
        try {
            return segment.read(readFrom, maxRecords, maxBytes);
        } catch (IOException damaged) {
            LOG.error("set aside, what it still holds is for an operator to look at: {}", damaged.toString());
            setAside(segment);
            return List.of();
        }
    }

    private void setAside(SpoolSegment segment) {
        lock.lock();
        try {
            if (segment.equals(active)) {
                active = null;
            }
            segment.setAside();
        } catch (IOException e) {
            LOG.error("{} cannot be renamed: {}", folder, e.toString());
        } finally {
            segments.remove(segment);
            readFrom = SpoolSegment.begin();
            readRecords = 0;
            tellOldest();
            lock.unlock();
        }
    }

    /// Writes a copy of a record into a file of its own, which nothing reads or deletes by itself.
    ///
    /// @throws UncheckedIOException when the disk does not take it
    Path setAside(SpoolFrame frame) {
        try {
            var file = Files.createTempFile(folder, "refused-", ".record");
            return Files.write(file, frame.payload());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Takes the oldest records away.
    ///
    /// @param frames the first ones of what [#peek] gave
    void remove(List<SpoolFrame> frames) {
        lock.lock();
        try {
            readFrom += frames.stream().mapToLong(SpoolFrame::size).sum();
            readRecords += frames.size();
            dropWhatIsRead();
            tellOldest();
        } finally {
            lock.unlock();
        }
    }

    /// Deletes the oldest file once everything in it was read, unless it is being written.
    private void dropWhatIsRead() {
        while (!segments.isEmpty() && readRecords == segments.getFirst().records() && !(isActive() && reserved > 0)) {
            if (isActive()) {
                active = null;
            }
            var done = segments.removeFirst();
            readFrom = SpoolSegment.begin();
            readRecords = 0;
            try {
                done.delete();
            } catch (IOException e) {
                LOG.error("{} of {} cannot be deleted: {}", done.number(), folder, e.toString());
            }
        }
    }

    private boolean isActive() {
        return segments.getFirst().equals(active);
    }

    private void tellOldest() {
        oldest = null;
        if (records() > 0) {
            try {
                oldest = segments.getFirst().read(readFrom, 1, 1).stream()
                        .map(SpoolFrame::at)
                        .findFirst()
                        .orElse(null);
            } catch (IOException e) {
                LOG.debug("the next peek tells: {}", e.toString());
            }
        }
    }

    /// Whether nothing waits: what comes now is behind nobody.
    boolean isEmpty() {
        lock.lock();
        try {
            return records() == 0 && reserved == 0;
        } finally {
            lock.unlock();
        }
    }

    /// Whether there is room for some more, and the disk took the last one.
    boolean isUsable() {
        lock.lock();
        try {
            return !closed && !failing && bytes() + reserved < maxBytes - maxBytes / 100;
        } finally {
            lock.unlock();
        }
    }

    /// Records that wait.
    long records() {
        lock.lock();
        try {
            return segments.stream().mapToLong(SpoolSegment::records).sum() - readRecords;
        } finally {
            lock.unlock();
        }
    }

    /// Bytes on the disk, those of records that were read already among them.
    long bytes() {
        lock.lock();
        try {
            return segments.stream().mapToLong(SpoolSegment::length).sum();
        } finally {
            lock.unlock();
        }
    }

    /// When the oldest record that waits was put in.
    Optional<Instant> oldest() {
        lock.lock();
        try {
            return Optional.ofNullable(oldest);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            closed = true;
            asked.signalAll();
            written.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            writer.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        segments.forEach(SpoolSegment::seal);
        folderLock.close();
    }
}
