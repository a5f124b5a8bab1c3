package dev.muster.portal.overview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LatelyTest {

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger readings = new AtomicInteger();
    private long took;
    private final Semaphore allowed = new Semaphore(1_000);
    private final Lately<String, String> lately = new Lately<>(Duration.ofSeconds(1), this::read, nanos::get);

    private String read(String key) {
        int reading = readings.incrementAndGet();
        allowed.acquireUninterruptibly();
        passes(took);
        if (key.equals("broken")) {
            throw new IllegalStateException("no " + reading);
        }
        return key + " " + reading;
    }

    private void passes(long millis) {
        nanos.addAndGet(Duration.ofMillis(millis).toNanos());
    }

    @Test
    void readsOnceForAllWhoAskAtOnce() throws InterruptedException {
        allowed.drainPermits();
        var answers = new ConcurrentLinkedQueue<String>();
        var asking = new ArrayList<Thread>();
        for (int i = 0; i < 20; i++) {
            asking.add(Thread.ofPlatform().start(() -> answers.add(lately.get("a"))));
        }
        await().until(() -> asking.stream().allMatch(it -> it.getState() == Thread.State.WAITING));
        allowed.release(20);
        for (var one : asking) {
            one.join();
        }

        assertThat(answers).hasSize(20).containsOnly("a 1");
        assertThat(readings).hasValue(1);
    }

    @Test
    void keepsWhatIsAskedOneThingApartFromAnother() {
        assertThat(List.of(lately.get("a"), lately.get("b"), lately.get("a"))).containsExactly("a 1", "b 2", "a 1");
    }

    @Test
    void letsNobodyWaitWhileItIsReadAnew() {
        lately.get("a");
        allowed.drainPermits();
        passes(501);

        assertThat(lately.get("a")).isEqualTo("a 1");
        await().until(() -> readings.get() == 2);
        passes(900);
        assertThat(lately.get("a")).isEqualTo("a 1");
        allowed.release();
        await().until(() -> lately.get("a").equals("a 2"));
        assertThat(readings).hasValue(2);
    }

    @Test
    void givesNothingThatIsTooOld() {
        lately.get("a");
        passes(1_001);

        assertThat(lately.get("a")).isEqualTo("a 2");
    }

    @Test
    void keepsLongerWhatTookLong() {
        assertThat(lately.behind()).isEqualTo(Duration.ofSeconds(3));
        took = 800;
        lately.get("a");
        passes(1_900);
        assertThat(lately.get("a")).isEqualTo("a 1");
        assertThat(readings).hasValue(1);
        assertThat(lately.behind()).isEqualTo(Duration.ofSeconds(9));
        passes(2_101);
        assertThat(lately.get("a")).isEqualTo("a 2");
    }

    @Test
    void keepsNothingLongerThanTenSeconds() {
        took = 7_000;
        lately.get("a");
        passes(10_001);

        assertThat(lately.get("a")).isEqualTo("a 2");
    }

    @Test
    void tellsWhatWentWrongToWhoAskedAndTriesAgain() {
        assertThatThrownBy(() -> lately.get("broken"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no 1");
        assertThatThrownBy(() -> lately.get("broken")).hasMessage("no 2");
    }
}
