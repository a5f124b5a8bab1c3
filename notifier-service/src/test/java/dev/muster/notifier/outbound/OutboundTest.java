package dev.muster.notifier.outbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.notifier.ledger.FailedBecause;
import dev.muster.service.Traces;
import dev.muster.testkit.FakeSlack;
import dev.muster.testkit.FakeSlack.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutboundTest {

    private static final Duration WITHIN = Duration.ofMillis(700);

    private final FakeSlack slack = FakeSlack.start();
    private final Outbound outbound = TestOutbound.within(WITHIN, InstantSource.system());

    @AfterEach
    void stop() {
        outbound.close();
        slack.close();
    }

    @Test
    void givesTheAnswerWithWhatItAsksFor() {
        slack.answer("a", Reply.rateLimited("7"));

        assertThat(post()).isEqualTo(new Answer.Received(429, Duration.ofSeconds(7), ""));
    }

    @Test
    void doesNotFollowARedirect() {
        slack.answer("a", new Reply(302, Map.of("Location", slack.webhook("b").toString()), "", false));

        assertThat(post()).isEqualTo(new Answer.Received(302, Duration.ZERO, ""));
        assertThat(slack.calls("b")).isEmpty();
    }

    @Test
    void readsOnlyTheHeadOfALongAnswer() {
        slack.answer("a", new Reply(200, Map.of(), "x".repeat(1_000_000), false));

        assertThat(post())
                .isInstanceOfSatisfying(
                        Answer.Received.class, it -> assertThat(it.body()).hasSize(Outbound.LARGEST));
    }

    @Test
    void isDoneInTimeWhenNobodyAnswers() {
        slack.answer("a", Reply.never());

        var started = System.nanoTime();
        assertThat(post())
                .isInstanceOfSatisfying(
                        Answer.Missing.class, it -> assertThat(it.reason()).isEqualTo(FailedBecause.TIMED_OUT));
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(WITHIN.multipliedBy(4));
    }

    @Test
    void callsNobodyWhoIsNotAllowed() {
        assertThat(outbound.post(URI.create("http://127.0.0.1:" + slack.port() + "/services/hunter2"), Map.of(), "{}"))
                .isInstanceOfSatisfying(Answer.Missing.class, it -> {
                    assertThat(it.reason()).isEqualTo(FailedBecause.BLOCKED);
                    assertThat(it.toString()).doesNotContain("hunter2");
                });
        assertThat(slack.calls()).isEmpty();
    }

    @Test
    void tellsABrokenConnectionWithoutTheAddress() {
        slack.answer("hunter2", Reply.reset());

        assertThat(outbound.post(slack.webhook("hunter2"), Map.of(), "{}"))
                .isInstanceOfSatisfying(Answer.Missing.class, it -> {
                    assertThat(it.reason()).isEqualTo(FailedBecause.UNREACHABLE);
                    assertThat(it.toString()).doesNotContain("hunter2");
                });
    }

    @Test
    void isDoneInTimeWhenTheAnswerDrips() throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> drip(server));

            assertThat(outbound.post(URI.create("http://localhost:" + server.getLocalPort() + "/x"), Map.of(), "{}"))
                    .isInstanceOfSatisfying(
                            Answer.Missing.class, it -> assertThat(it.reason()).isEqualTo(FailedBecause.TIMED_OUT));
        }
    }

    /// Answers a byte at a time, each well before a read would time out, without an end.
    private static void drip(ServerSocket server) {
        try (var client = server.accept()) {
            client.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n".getBytes(UTF_8));
            while (true) {
                client.getOutputStream().write('x');
                client.getOutputStream().flush();
                TimeUnit.MILLISECONDS.sleep(50);
            }
        } catch (IOException _) {
            // the caller had enough
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest
    @CsvSource({"1000,10", "1,100000"})
    void readsNoHeadWithoutABound(int headers, int length) throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual()
                    .start(() -> answer(
                            server, "X-A: %s\r\n".formatted("a".repeat(length)).repeat(headers)));

            assertThat(outbound.post(URI.create("http://localhost:" + server.getLocalPort() + "/x"), Map.of(), "{}"))
                    .isInstanceOfSatisfying(
                            Answer.Missing.class, it -> assertThat(it.reason()).isEqualTo(FailedBecause.UNREACHABLE));
        }
    }

    private static void answer(ServerSocket server, String headers) {
        try (var client = server.accept()) {
            client.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\n%sContent-Length: 2\r\n\r\nok"
                            .formatted(headers)
                            .getBytes(UTF_8));
            client.getOutputStream().flush();
            while (client.getInputStream().read() >= 0) {}
        } catch (IOException _) {
            // the caller had enough
        }
    }

    @Test
    void connectsNowhereWhenTheNameTurnsOutToBeInside() {
        for (var address :
                List.of("127.0.0.1", "169.254.169.254", "10.1.2.3", "::1", "::ffff:127.0.0.1", "fd00:ec2::254")) {
            try (var guarded = guarded(name -> new InetAddress[] {InetAddress.ofLiteral(address)})) {
                assertThat(guarded.post(slack.webhook("hunter2"), Map.of(), "{}"))
                        .as(address)
                        .isInstanceOfSatisfying(Answer.Missing.class, it -> {
                            assertThat(it.reason()).isEqualTo(FailedBecause.BLOCKED);
                            assertThat(it.detail()).doesNotContain(address, "hunter2");
                        });
            }
        }
        assertThat(slack.calls()).isEmpty();
    }

    @Test
    void connectsToWhatItCheckedAndAsksTheNameServerOnce() {
        var asked = new AtomicInteger();
        // Public when it is asked first, inside when it is asked again: DNS rebinding.
        try (var guarded = guarded(
                _ -> new InetAddress[] {
                    asked.incrementAndGet() == 1
                            ? InetAddress.ofLiteral("192.0.2.1")
                            : InetAddress.ofLiteral("127.0.0.1")
                },
                "192.0.2.0/24")) {
            assertThat(guarded.post(slack.webhook("a"), Map.of(), "{}")).isInstanceOf(Answer.Missing.class);
            assertThat(guarded.post(slack.webhook("a"), Map.of(), "{}"))
                    .isInstanceOfSatisfying(
                            Answer.Missing.class, it -> assertThat(it.reason()).isEqualTo(FailedBecause.BLOCKED));
        }
        assertThat(asked).hasValue(2);
        assertThat(slack.calls()).isEmpty();
    }

    @Test
    void refusesANameThatIsPublicAndInsideAtOnce() {
        try (var guarded = guarded(
                _ -> new InetAddress[] {InetAddress.ofLiteral("8.8.8.8"), InetAddress.ofLiteral("127.0.0.1")})) {
            assertThat(guarded.post(slack.webhook("a"), Map.of(), "{}"))
                    .isInstanceOfSatisfying(
                            Answer.Missing.class, it -> assertThat(it.reason()).isEqualTo(FailedBecause.BLOCKED));
        }
    }

    @Test
    void callsNobodyWhenTheNameServerIsInTrouble() {
        try (var guarded = guarded(_ -> {
            throw new UnknownHostException("hunter2");
        })) {
            assertThat(guarded.post(slack.webhook("a"), Map.of(), "{}"))
                    .isEqualTo(new Answer.Missing(FailedBecause.UNREACHABLE, "UnknownHostException"));
        }
    }

    private interface Names {
        InetAddress[] of(String host) throws UnknownHostException;
    }

    private static Outbound guarded(Names names, String... networks) {
        var addresses = new AllowedAddresses(List.of(networks));
        var resolver = new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                return names.of(host);
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
        return new Outbound(
                new OutboundSettings(new AllowedHosts(List.of("http://localhost:*")), addresses, WITHIN),
                InstantSource.system(),
                Traces.none(),
                new GuardedResolver(resolver, addresses));
    }

    private Answer post() {
        return outbound.post(slack.webhook("a"), Map.of(), "{}");
    }
}
