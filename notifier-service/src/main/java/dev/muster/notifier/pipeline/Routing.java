package dev.muster.notifier.pipeline;

import dev.muster.notifier.catalog.CatalogEntry;
import dev.muster.notifier.ledger.ChannelName;
import dev.muster.notifier.ledger.Destination;
import dev.muster.notifier.ledger.FailedBecause;
import dev.muster.notifier.pipeline.Route.Reason;
import dev.muster.notifier.preference.Preference;
import dev.muster.routing.Sending;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Who hears of it: the owner's own settings, else the receivers of the route, else the fallback. Never
/// nobody, as long as anybody is configured.
final class Routing {

    private static final Pattern ADDRESS = Pattern.compile(
            "[^\\s@<>\",;:\\\\()\\[\\]\\p{Cntrl}]{1,64}@[\\p{L}\\p{N}]([\\p{L}\\p{N}.-]{0,251}[\\p{L}\\p{N}])?");

    private static final Pattern COMMA = Pattern.compile("\\s*,\\s*");

    /// What stands behind the last of so many is one unknown name.
    private static final int MAX_DESTINATIONS = 20;

    private Routing() {}

    /// Where a message to `owner` goes.
    ///
    /// @param owner null when the entity has none or the catalogue does not know it
    /// @param sending how its node sends
    /// @param channels channel of each configured destination, by name
    /// @param thread destinations that the thread was begun at; they go before everything else
    static Route route(
            @Nullable CatalogEntry owner,
            Sending sending,
            Map<String, ChannelName> channels,
            List<Destination> fallback,
            List<Destination> thread) {
        if (!thread.isEmpty()) {
            return new Route(thread, List.of(), Reason.THREAD);
        }
        var to = new ArrayList<Destination>();
        var failed = new ArrayList<Route.Failed>();
        if (owner != null) {
            email(owner, to, failed);
            slack(owner, channels, to, failed);
            others(owner, channels, to, failed);
        }
        var reason = to.isEmpty() ? Reason.ROUTE : Reason.OWNER;
        if (to.isEmpty()) {
            named(sending.receivers(), channels, to);
        }
        if (to.isEmpty() || !failed.isEmpty()) {
            fallback.forEach(it -> add(it, to));
            reason = to.isEmpty() ? Reason.NOBODY : Reason.FALLBACK;
        }
        named(sending.also(), channels, to);
        return new Route(to, failed, reason == Reason.NOBODY && !to.isEmpty() ? Reason.ROUTE : reason);
    }

    /// Destinations of a routes file, which was checked against those that are configured.
    private static void named(List<String> names, Map<String, ChannelName> channels, List<Destination> to) {
        names.forEach(it -> {
            var channel = channels.get(it);
            if (channel != null) {
                add(Destination.named(channel, it), to);
            }
        });
    }

    private static void add(Destination destination, List<Destination> to) {
        if (to.stream().noneMatch(it -> it.lane().equals(destination.lane()))) {
            to.add(destination);
        }
    }

    private static void email(CatalogEntry owner, List<Destination> to, List<Route.Failed> failed) {
        var own = Preference.EMAIL.in(owner.annotations());
        var address = own == null ? stripped(owner.email()) : own;
        if (address == null || Preference.EMAIL.isNone(owner.annotations())) {
            return;
        }
        if (isAddress(address)) {
            to.add(Destination.email(owner.ref(), address));
        } else {
            failed.add(new Route.Failed(Destination.email(owner.ref(), ""), FailedBecause.BAD_ADDRESS));
        }
    }

    private static void slack(
            CatalogEntry owner, Map<String, ChannelName> channels, List<Destination> to, List<Route.Failed> failed) {
        var name = Preference.SLACK.in(owner.annotations());
        if (name == null) {
            return;
        }
        if (channels.get(name) == ChannelName.SLACK) {
            to.add(Destination.slack(name));
        } else {
            failed.add(unknown(ChannelName.SLACK, name));
        }
    }

    private static void others(
            CatalogEntry owner, Map<String, ChannelName> channels, List<Destination> to, List<Route.Failed> failed) {
        for (var name : names(Preference.DESTINATIONS.in(owner.annotations()))) {
            var channel = channels.get(name);
            if (channel != null) {
                add(Destination.named(channel, name), to);
            } else {
                failed.add(unknown(ChannelName.WEBHOOK, name));
            }
        }
    }

    /// The names in a list of destinations; none without one.
    static List<String> names(@Nullable String list) {
        return list == null ? List.of() : List.of(COMMA.split(list, MAX_DESTINATIONS));
    }

    /// Whoever put a URL where a name belongs wrote down a credential: it is shown to nobody.
    private static Route.Failed unknown(ChannelName channel, String name) {
        return new Route.Failed(
                Destination.named(channel, name.contains("/") ? "unnamed" : name), FailedBecause.UNKNOWN_DESTINATION);
    }

    /// Whether `address` is one plain mail address, and nothing that could smuggle a second one or a header.
    static boolean isAddress(String address) {
        return address.length() <= 254 && ADDRESS.matcher(address).matches();
    }

    private static @Nullable String stripped(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
