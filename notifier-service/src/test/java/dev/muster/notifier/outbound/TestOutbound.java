package dev.muster.notifier.outbound;

import dev.muster.service.Traces;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// Calls out to fakes on this machine.
public final class TestOutbound {

    private TestOutbound() {}

    public static Outbound within(Duration time, InstantSource clock) {
        return new Outbound(
                new OutboundSettings(
                        new AllowedHosts(List.of("http://localhost:*")),
                        new AllowedAddresses(List.of("127.0.0.0/8", "::1/128")),
                        time),
                clock,
                Traces.none());
    }
}
