package dev.muster.ingest.body;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyTest {

    private static final int LIMIT = 200_000;

    private final InFlightBytes inFlight = new InFlightBytes(1_000_000);
    private Instant now = Instant.parse("2026-06-01T12:00:00Z");
    private final InstantSource clock = () -> now;

    private Body read(byte[] bytes, long announced) throws IOException {
        try (var reader = new Body.Reader(inFlight, clock, LIMIT, Duration.ofSeconds(10))) {
            return reader.read(new ByteArrayInputStream(bytes), announced);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 131_072, 199_999, 200_000})
    void readsAllOfItAnnouncedOrNotAndGivesTheMemoryBack(int size) throws IOException {
        var bytes = new byte[size];
        new Random(size).nextBytes(bytes);

        for (var announced : new long[] {size, -1}) {
            assertThat(read(bytes, announced))
                    .isInstanceOfSatisfying(
                            Body.Whole.class,
                            it -> assertThat(Arrays.equals(it.bytes(), bytes)).isTrue());
            assertThat(inFlight.taken()).isZero();
        }
    }

    @Test
    void stopsAtTheLimitWhateverIsAnnounced() throws IOException {
        assertThat(read(new byte[LIMIT + 1], LIMIT + 1)).isInstanceOf(Body.TooLarge.class);
        assertThat(read(new byte[LIMIT + 1], -1)).isInstanceOf(Body.TooLarge.class);
        assertThat(read(new byte[LIMIT * 2], 10)).isInstanceOf(Body.TooLarge.class);
        assertThat(inFlight.taken()).isZero();
    }

    @Test
    void takesNoMemoryForWhatIsOnlyAnnounced() throws IOException {
        var reader = new Body.Reader(inFlight, clock, LIMIT, Duration.ofSeconds(10));
        var taken = new int[1];
        var in = new InputStream() {
            @Override
            public int read() {
                taken[0] = inFlight.taken();
                return -1;
            }
        };

        reader.read(in, LIMIT);

        assertThat(taken[0]).isEqualTo(64 * 1024);
    }

    @Test
    void turnsAwayWhatDoesNotFitBesideTheOthers() throws IOException {
        var full = new InFlightBytes(100_000);
        try (var first = new Body.Reader(full, clock, LIMIT, Duration.ofSeconds(10));
                var second = new Body.Reader(full, clock, LIMIT, Duration.ofSeconds(10))) {
            assertThat(first.read(new ByteArrayInputStream(new byte[60_000]), 60_000))
                    .isInstanceOf(Body.Whole.class);
            assertThat(second.read(new ByteArrayInputStream(new byte[60_000]), 60_000))
                    .isInstanceOf(Body.Overloaded.class);
        }
        assertThat(full.taken()).isZero();
    }

    @Test
    void doesNotWaitForEverForASlowBody() throws IOException {
        var drip = new InputStream() {
            @Override
            public int read() {
                now = now.plusSeconds(4);
                return 'x';
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                buffer[offset] = (byte) read();
                return 1;
            }
        };
        try (var reader = new Body.Reader(inFlight, clock, LIMIT, Duration.ofSeconds(10))) {
            assertThat(reader.read(drip, -1)).isInstanceOf(Body.TooSlow.class);
        }
    }
}
