package dev.muster.notifier.pipeline;

import dev.muster.notifier.catalog.Catalog;
import dev.muster.notifier.catalog.CatalogEntry;
import dev.muster.notifier.ledger.ChannelName;
import dev.muster.notifier.ledger.Destination;
import dev.muster.notifier.ledger.FailedBecause;
import dev.muster.routing.Change;
import dev.muster.routing.ChangeKind;
import dev.muster.routing.Digest;
import dev.muster.routing.MuteTime;
import dev.muster.routing.Routes;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// How an owner is told: where, by whose word, when not, and how often, as a regression would be decided about of which
/// nothing is known but its owner. Other nodes of the routes may say otherwise of some.
@Component
public class OwnSettings {

    private final Catalog catalog;
    private final PipelineSettings settings;

    OwnSettings(Catalog catalog, PipelineSettings settings) {
        this.catalog = catalog;
        this.settings = settings;
    }

    /// How an owner is told.
    ///
    /// @param known whether the catalogue has it
    /// @param quietHours as its descriptor says them, or null
    /// @param quietHoursRead false when they cannot be read, and mute nothing
    /// @param route path of the node of the routes
    /// @param digest how often messages of that node leave
    public record View(
            String owner,
            boolean known,
            List<Place> destinations,
            @Nullable String quietHours,
            boolean quietHoursRead,
            String route,
            Digest.Every digest) {}

    /// Where messages go.
    ///
    /// @param address of mail; null for others
    /// @param from what says so: an annotation, `profile`, `routes` or `fallback`
    /// @param problem why it cannot be served, null when it can
    public record Place(
            ChannelName channel,
            String name,
            @Nullable String address,
            String from,
            @Nullable FailedBecause problem) {}

    /// Of the owner with this reference, also of one that the catalogue does not know.
    public View of(String owner) {
        var entry = catalog.find(owner);
        var match = settings.routes()
                .find(Change.of(ChangeKind.REGRESSED, owner))
                .matches()
                .getFirst();
        var route =
                Routing.route(entry.orElse(null), match.sending(), settings.channels(), settings.fallback(), List.of());
        var places = new ArrayList<Place>();
        route.to().forEach(it -> places.add(place(it, from(it, entry), null)));
        route.failed().forEach(it -> places.add(place(it.destination(), from(it.destination(), entry), it.reason())));
        var quiet = entry.map(it -> it.annotations().get(Holding.QUIET_HOURS)).filter(it -> !it.isBlank());
        return new View(
                owner,
                entry.isPresent(),
                List.copyOf(places),
                quiet.orElse(null),
                quiet.flatMap(it -> MuteTime.parse(it, ZoneOffset.UTC)).isPresent(),
                match.path().isEmpty() ? Routes.ROOT : match.path(),
                match.sending().digest().every());
    }

    private static Place place(Destination it, String from, @Nullable FailedBecause problem) {
        return new Place(it.channel(), it.name(), it.address(), from, problem);
    }

    private String from(Destination it, Optional<CatalogEntry> owner) {
        var annotations = owner.map(CatalogEntry::annotations).orElse(Map.of());
        if (it.channel() == ChannelName.EMAIL
                && owner.isPresent()
                && it.name().equals(owner.get().ref())) {
            return annotations.getOrDefault(Routing.EMAIL, "").isBlank() ? "profile" : Routing.EMAIL;
        }
        if (it.name().equals(annotations.getOrDefault(Routing.SLACK, "").strip())) {
            return Routing.SLACK;
        }
        var named = Arrays.asList(Objects.requireNonNullElse(annotations.get(Routing.DESTINATIONS), "")
                .strip()
                .split("\\s*,\\s*", -1));
        if (named.contains(it.name())) {
            return Routing.DESTINATIONS;
        }
        return settings.fallback().contains(it) ? "fallback" : "routes";
    }
}
