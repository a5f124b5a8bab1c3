package dev.muster.notifier.pipeline;

import dev.muster.notifier.catalog.CatalogEntry;
import dev.muster.notifier.ledger.Destination;
import dev.muster.notifier.ledger.FailedBecause;
import dev.muster.notifier.pipeline.Route.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Who hears of it: the owner's own settings, else the fallback. Never nobody, as long as anybody is configured.
final class Routing {

    /// Annotation that names a configured Slack destination.
    static final String SLACK = "muster.dev/slack-webhook";

    /// Annotation with a mail address, which goes before the one of the profile.
    static final String EMAIL = "muster.dev/email";

    private static final Pattern ADDRESS = Pattern.compile(
            "[^\\s@<>\",;:\\\\()\\[\\]\\p{Cntrl}]{1,64}@[\\p{L}\\p{N}]([\\p{L}\\p{N}.-]{0,251}[\\p{L}\\p{N}])?");

    private Routing() {}

    /// Where a message to `owner` goes.
    ///
    /// @param owner null when the entity has none or the catalogue does not know it
    /// @param slack names of the configured Slack destinations
    /// @param thread destinations that the thread was begun at; they go before everything else
    static Route route(
            @Nullable CatalogEntry owner, Set<String> slack, List<Destination> fallback, List<Destination> thread) {
        if (!thread.isEmpty()) {
            return new Route(thread, List.of(), Reason.THREAD);
        }
        var to = new ArrayList<Destination>();
        var failed = new ArrayList<Route.Failed>();
        if (owner != null) {
            email(owner, to, failed);
            slack(owner, slack, to, failed);
        }
        if (!to.isEmpty() && failed.isEmpty()) {
            return new Route(to, List.of(), Reason.OWNER);
        }
        for (var destination : fallback) {
            if (to.stream().noneMatch(it -> it.lane().equals(destination.lane()))) {
                to.add(destination);
            }
        }
        return new Route(to, failed, to.isEmpty() ? Reason.NOBODY : Reason.FALLBACK);
    }

    private static void email(CatalogEntry owner, List<Destination> to, List<Route.Failed> failed) {
        var address = stripped(owner.annotations().get(EMAIL));
        if (address == null) {
            address = stripped(owner.email());
        }
        if (address == null) {
            return;
        }
        if (isAddress(address)) {
            to.add(Destination.email(owner.ref(), address));
        } else {
            failed.add(new Route.Failed(Destination.email(owner.ref(), ""), FailedBecause.BAD_ADDRESS));
        }
    }

    private static void slack(CatalogEntry owner, Set<String> known, List<Destination> to, List<Route.Failed> failed) {
        var name = stripped(owner.annotations().get(SLACK));
        if (name == null) {
            return;
        }
        var destination = Destination.slack(name);
        if (known.contains(name)) {
            to.add(destination);
        } else {
            // Whoever put a URL where a name belongs wrote down a credential: it is shown to nobody.
            failed.add(new Route.Failed(
                    name.contains("/") ? Destination.slack("unnamed") : destination,
                    FailedBecause.UNKNOWN_DESTINATION));
        }
    }

    /// Whether `address` is one plain mail address, and nothing that could smuggle a second one or a header.
    static boolean isAddress(String address) {
        return address.length() <= 254 && ADDRESS.matcher(address).matches();
    }

    private static @Nullable String stripped(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
