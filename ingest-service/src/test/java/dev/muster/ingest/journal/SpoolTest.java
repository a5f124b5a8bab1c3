package dev.muster.ingest.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {

    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final long LARGE = 1024 * 1024;

    @TempDir
    private Path folder;

    private static SpoolFrame frame(String text) {
        return new SpoolFrame(NOON, text.getBytes(UTF_8));
    }

    private static String text(SpoolFrame frame) {
        return new String(frame.payload(), UTF_8);
    }

    /// Takes out everything that is there.
    static List<String> drained(Spool spool) throws InterruptedException {
        var texts = new ArrayList<String>();
        for (var frames = spool.peek(3, LARGE, Duration.ZERO);
                !frames.isEmpty();
                frames = spool.peek(3, LARGE, Duration.ZERO)) {
            frames.forEach(it -> texts.add(text(it)));
            spool.remove(frames);
        }
        return texts;
    }

    private List<Path> files() throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(it -> it.toString().endsWith(".spool")).sorted().toList();
        }
    }

    @Test
    void givesBackInOrderWhatWasPutInBeforeItWasOpened() throws Exception {
        try (var spool = Spool.open(folder, LARGE, 40)) {
            for (var i = 0; i < 10; i++) {
                spool.append(frame("record " + i)).join();
            }
            assertThat(spool.records()).isEqualTo(10);
            assertThat(spool.oldest()).hasValue(NOON);
            assertThat(files()).as("files of two records each").hasSize(5);
        }
        try (var spool = Spool.open(folder, LARGE, 40)) {
            assertThat(spool.isEmpty()).isFalse();
            spool.append(frame("record 10")).join();

            assertThat(drained(spool))
                    .containsExactlyElementsOf(IntStream.rangeClosed(0, 10)
                            .mapToObj(i -> "record " + i)
                            .toList());
            assertThat(spool.isEmpty()).isTrue();
            assertThat(spool.bytes()).isZero();
            assertThat(spool.oldest()).isEmpty();
            assertThat(files()).isEmpty();
        }
    }

    @Test
    void givesAgainWhatWasNotTakenAway() throws Exception {
        try (var spool = Spool.open(folder, LARGE, LARGE)) {
            for (var each : List.of("a", "b", "c")) {
                spool.append(frame(each)).join();
            }
            var frames = spool.peek(10, LARGE, Duration.ZERO);
            assertThat(frames).extracting(SpoolTest::text).containsExactly("a", "b", "c");
            spool.remove(frames.subList(0, 1));
            assertThat(spool.peek(10, LARGE, Duration.ZERO))
                    .extracting(SpoolTest::text)
                    .containsExactly("b", "c");
            assertThat(spool.records()).isEqualTo(2);
        }
        try (var spool = Spool.open(folder, LARGE, LARGE)) {
            assertThat(drained(spool))
                    .as("after a crash, those of the oldest file")
                    .containsExactly("a", "b", "c");
        }
    }

    @Test
    void keepsEveryWholeRecordWhereverItsFileIsCut() throws Exception {
        var texts = List.of("a", "b".repeat(40), "c".repeat(300));
        var whole = written(texts);
        for (var cut = 0; cut <= whole.length; cut++) {
            var file = Files.write(folder.resolve("0000000000000000007.spool"), Arrays.copyOf(whole, cut));
            var end = SpoolSegment.begin();
            var expected = new ArrayList<String>();
            for (var each : texts) {
                end += SpoolFrame.HEADER + each.length();
                if (end <= cut) {
                    expected.add(each);
                }
            }

            assertThat(recovered(file)).as("cut after %d bytes", cut).isEqualTo(expected);
        }
    }

    @Test
    void keepsEveryRecordBeforeTheOneThatIsDamaged() throws Exception {
        var texts = List.of("a".repeat(20), "b".repeat(20), "c".repeat(20));
        var whole = written(texts);
        for (var at = (int) SpoolSegment.begin(); at < whole.length; at++) {
            var damaged = whole.clone();
            damaged[at] ^= 0x40;
            var file = Files.write(folder.resolve("0000000000000000007.spool"), damaged);
            var before = (at - (int) SpoolSegment.begin()) / (SpoolFrame.HEADER + 20);

            assertThat(recovered(file)).as("byte %d is another", at).isEqualTo(texts.subList(0, before));
        }
    }

    private byte[] written(List<String> texts) throws IOException {
        var other = Files.createDirectories(folder.resolve("written"));
        var segment = SpoolSegment.create(other, 1);
        segment.append(texts.stream().map(SpoolTest::frame).toList());
        segment.seal();
        try (var files = Files.list(other)) {
            return Files.readAllBytes(files.findFirst().orElseThrow());
        }
    }

    private static List<String> recovered(Path file) throws IOException {
        var segment = SpoolSegment.recover(file);
        assertThat(Files.size(file)).isEqualTo(segment.length());
        return segment.records() == 0
                ? List.of()
                : segment.read(SpoolSegment.begin(), 10, LARGE).stream()
                        .map(SpoolTest::text)
                        .toList();
    }

    @Test
    void refusesWhatDoesNotFitUntilThereIsRoom() throws Exception {
        try (var spool = Spool.open(folder, 250, 100)) {
            spool.append(frame("x".repeat(80))).join();
            spool.append(frame("y".repeat(80))).join();

            assertThatThrownBy(() -> spool.append(frame("z".repeat(80))).join())
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(SpoolFullException.class)
                    .hasMessageContaining("muster.ingest.spool.max-size is 250 bytes");

            spool.remove(spool.peek(1, LARGE, Duration.ZERO));
            spool.append(frame("z".repeat(80))).join();
            assertThat(drained(spool)).containsExactly("y".repeat(80), "z".repeat(80));
        }
    }

    @Test
    void keepsWhatManyPutInAtOnce() throws Exception {
        try (var spool = Spool.open(folder, LARGE, 2_000);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = IntStream.range(0, 300)
                    .mapToObj(i -> CompletableFuture.runAsync(
                            () -> spool.append(frame("record " + i)).join(), threads))
                    .toArray(CompletableFuture<?>[]::new);
            CompletableFuture.allOf(all).join();

            assertThat(drained(spool)).hasSize(300).doesNotHaveDuplicates();
        }
    }

    @Test
    void saysWhichFolderCannotBeUsed() throws Exception {
        var file = Files.writeString(folder.resolve("a-file"), "in the way");

        assertThatThrownBy(() -> Spool.open(file, LARGE, LARGE))
                .isInstanceOf(SpoolUnusableException.class)
                .hasMessageContaining("muster.ingest.spool.folder " + file + " cannot be used");
    }

    @Test
    void isUsedByOneProcessAtATime() throws Exception {
        try (var _ = Spool.open(folder, LARGE, LARGE)) {
            assertThatThrownBy(() -> Spool.open(folder, LARGE, LARGE))
                    .isInstanceOf(SpoolUnusableException.class)
                    .hasMessageContaining("another ingest service uses it");
        }
        Spool.open(folder, LARGE, LARGE).close();
    }

    @Test
    void givesBackARecordOfKafkaToTheByte() {
        var headers = new RecordHeaders().add("ce_id", "d-1".getBytes(UTF_8)).add("empty", new byte[0]);
        var record = new ProducerRecord<>(
                "topic", null, "github/d-1".getBytes(UTF_8), new byte[] {0, 1, 2, (byte) 255}, headers);

        var read = SpooledRecord.decoded("topic", SpooledRecord.encoded(record));

        assertThat(read).usingRecursiveComparison().isEqualTo(record);
        assertThatThrownBy(() -> SpooledRecord.decoded("topic", new byte[] {0, 0, 0, 2, 0, 0, 0, 9}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void goesOnWithTheNextFileWhenOneIsDamagedUnderIt() throws Exception {
        try (var spool = Spool.open(folder, LARGE, 10)) {
            spool.append(frame("first")).join();
            spool.append(frame("second")).join();
            var bytes = Files.readAllBytes(files().getFirst());
            bytes[bytes.length - 1] ^= 1;
            Files.write(files().getFirst(), bytes);

            assertThat(spool.peek(10, LARGE, Duration.ZERO)).isEmpty();
            assertThat(drained(spool)).containsExactly("second");
            assertThat(Files.exists(folder.resolve("0000000000000000002.spool.damaged")))
                    .as("what is left of it")
                    .isTrue();
        }
    }
}
