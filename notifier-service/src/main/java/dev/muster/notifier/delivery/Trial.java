package dev.muster.notifier.delivery;

import dev.muster.notifier.delivery.Envelope.Matter;
import dev.muster.notifier.ledger.Destination;
import dev.muster.notifier.message.Composer;
import dev.muster.notifier.message.Direction;
import dev.muster.notifier.message.Message;
import dev.muster.notifier.message.Message.Why;
import dev.muster.notifier.text.Digest;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Sends a message to try a destination: at once, past the queue and the ledger.
@Component
public class Trial {

    private final List<Channel> channels;
    private final Addressing addressing;
    private final Composer composer;
    private final InstantSource clock;

    Trial(List<Channel> channels, Addressing addressing, Composer composer, InstantSource clock) {
        this.channels = channels;
        this.addressing = addressing;
        this.composer = composer;
        this.clock = clock;
    }

    /// How one attempt to send to the destination `name` went; empty when there is none of that name.
    /// Whatever it opens, such as an incident, it closes again.
    public Optional<Attempt> send(String name) {
        return addressing
                .find(name)
                .flatMap(to -> channels.stream()
                        .filter(it -> it.name() == to.channel())
                        .findFirst()
                        .map(channel -> send(channel, to)));
    }

    private Attempt send(Channel channel, Destination to) {
        var attempt = channel.send(envelope(to, Direction.REGRESSION));
        return to.channel().keepsIncidents() && attempt instanceof Attempt.Accepted
                ? channel.send(envelope(to, Direction.RECOVERY))
                : attempt;
    }

    private Envelope envelope(Destination to, Direction direction) {
        var now = clock.instant();
        var id = Digest.of("test", to.lane(), now.toString());
        var headline = "This is a test of the destination “%s”".formatted(to.name());
        var message = new Message(
                direction,
                headline,
                headline,
                null,
                List.of(),
                0,
                composer.links().overview(null),
                new Why("somebody asked for a test; nothing has happened", null, null, null, now),
                null,
                true,
                null,
                now);
        return new Envelope(
                id,
                id,
                to.name(),
                to.address(),
                null,
                message,
                false,
                null,
                null,
                List.of(new Matter(id, direction == Direction.REGRESSION)),
                List.of(),
                now);
    }
}
