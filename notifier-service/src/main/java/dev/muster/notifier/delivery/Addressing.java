package dev.muster.notifier.delivery;

import dev.muster.notifier.ledger.ChannelName;
import dev.muster.notifier.ledger.Destination;
import dev.muster.notifier.pipeline.OwnSettings;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/// Which channel and address a destination has, by its name, as the settings and what its owner says have it now.
@Component
class Addressing {

    private final DeliverySettings settings;
    private final OwnSettings owners;

    Addressing(DeliverySettings settings, OwnSettings owners) {
        this.settings = settings;
        this.owners = owners;
    }

    /// The destination of this name: one that is configured, else the mail of the fallback or of a team.
    Optional<Destination> find(String name) {
        return configured(name).or(() -> mail(name));
    }

    /// What the destination of this name has become, which was of `channel`; empty when there is none any more.
    Optional<Destination> again(ChannelName channel, String name) {
        return channel == ChannelName.EMAIL ? mail(name) : configured(name);
    }

    private Optional<Destination> configured(String name) {
        return Optional.ofNullable(settings.channels().get(name)).map(channel -> Destination.named(channel, name));
    }

    private Optional<Destination> mail(String name) {
        return Stream.concat(settings.fallback().stream(), ofTeam(name))
                .filter(it -> it.channel() == ChannelName.EMAIL && it.name().equals(name))
                .findFirst();
    }

    /// Mail to a team has its reference for a name.
    private Stream<Destination> ofTeam(String team) {
        return owners.of(team).destinations().stream()
                .filter(it -> it.problem() == null)
                .map(it -> new Destination(it.channel(), it.name(), it.address()));
    }
}
