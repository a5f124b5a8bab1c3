package dev.muster.notifier.pipeline;

import dev.muster.notifier.catalog.Catalog;
import dev.muster.notifier.catalog.CatalogEntry;
import dev.muster.notifier.ledger.ChannelName;
import dev.muster.notifier.ledger.Destination;
import dev.muster.notifier.ledger.FailedBecause;
import dev.muster.notifier.preference.Preference;
import dev.muster.notifier.preference.Preferences;
import dev.muster.notifier.preference.Preferences.Said;
import dev.muster.routing.Change;
import dev.muster.routing.ChangeKind;
import dev.muster.routing.Digest;
import dev.muster.routing.Routes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// How an owner is told: where, by whose word, when not, and how often, as a regression would be decided about of which
/// nothing is known but its owner. Other nodes of the routes may say otherwise of some.
@Component
public class OwnSettings {

    /// Stands for what was said by page.
    static final String PAGE = "page";

    private final Catalog catalog;
    private final Preferences preferences;
    private final PipelineSettings settings;

    OwnSettings(Catalog catalog, Preferences preferences, PipelineSettings settings) {
        this.catalog = catalog;
        this.preferences = preferences;
        this.settings = settings;
    }

    /// How an owner is told.
    ///
    /// @param known whether the catalogue has it
    /// @param preferences each that there is, in one order
    /// @param changedBy who changed last what is said by page; null when nothing is
    /// @param route path of the node of the routes
    /// @param digest how often messages of that node leave
    /// @param digestFrom what says so: `routes`, `page`, the annotation, or `default`
    public record View(
            String owner,
            boolean known,
            List<Place> destinations,
            List<Setting> preferences,
            @Nullable String changedBy,
            @Nullable Instant changedAt,
            String route,
            Digest.Every digest,
            String digestFrom) {}

    /// Where messages go.
    ///
    /// @param address of mail; null for others
    /// @param from what says so: `page`, an annotation, `profile`, `routes` or `fallback`
    /// @param problem why it cannot be served, null when it can
    public record Place(
            ChannelName channel,
            String name,
            @Nullable String address,
            String from,
            @Nullable FailedBecause problem) {}

    /// What an owner says, or might say.
    ///
    /// @param name as the API takes it
    /// @param annotation that says it in the catalogue
    /// @param page what is said by page, which counts; null when nothing is
    /// @param catalogue what the annotation says; null when nothing
    /// @param problem what is wrong with what counts, in words; null when nothing is
    public record Setting(
            String name,
            String annotation,
            @Nullable String page,
            @Nullable String catalogue,
            @Nullable String problem) {}

    /// Of the owner with this reference, also of one that the catalogue does not know.
    public View of(String owner) {
        var entry = catalog.find(owner);
        var said = preferences.of(owner).orElse(null);
        var match = settings.routes()
                .find(Change.of(ChangeKind.REGRESSED, owner))
                .matches()
                .getFirst();
        var route =
                Routing.route(entry.orElse(null), match.sending(), settings.channels(), settings.fallback(), List.of());
        var places = new ArrayList<Place>();
        route.to().forEach(it -> places.add(place(it, from(it, entry, said), null)));
        route.failed()
                .forEach(it -> places.add(place(it.destination(), from(it.destination(), entry, said), it.reason())));
        var own = Holding.digest(entry.orElse(null));
        return new View(
                owner,
                entry.isPresent(),
                List.copyOf(places),
                settings(owner, said),
                said == null ? null : said.by(),
                said == null ? null : said.at(),
                match.path().isEmpty() ? Routes.ROOT : match.path(),
                match.sending().digest(own).every(),
                match.sending().digest() != null
                        ? "routes"
                        : own.isPresent() ? from(Preference.DIGEST, said) : "default");
    }

    private List<Setting> settings(String owner, @Nullable Said said) {
        var annotations = catalog.annotations(owner);
        return Arrays.stream(Preference.values())
                .map(it -> {
                    var page = said == null ? null : said.values().get(it.annotation());
                    var catalogue =
                            annotations.getOrDefault(it.annotation(), "").strip();
                    var counts = page == null ? catalogue : page;
                    var problem = counts.isEmpty()
                            ? Optional.<String>empty()
                            : PreferenceForm.complaint(it, counts, settings.channels());
                    return new Setting(
                            it.member(),
                            it.annotation(),
                            page,
                            catalogue.isEmpty() ? null : catalogue,
                            problem.orElse(null));
                })
                .toList();
    }

    private static Place place(Destination it, String from, @Nullable FailedBecause problem) {
        return new Place(it.channel(), it.name(), it.address(), from, problem);
    }

    private String from(Destination it, Optional<CatalogEntry> owner, @Nullable Said said) {
        var annotations = owner.map(CatalogEntry::annotations).orElse(Map.of());
        if (it.channel() == ChannelName.EMAIL
                && owner.isPresent()
                && it.name().equals(owner.get().ref())) {
            return Preference.EMAIL.in(annotations) == null ? "profile" : from(Preference.EMAIL, said);
        }
        if (it.name().equals(Preference.SLACK.in(annotations))) {
            return from(Preference.SLACK, said);
        }
        if (Routing.names(Preference.DESTINATIONS.in(annotations)).contains(it.name())) {
            return from(Preference.DESTINATIONS, said);
        }
        return settings.fallback().contains(it) ? "fallback" : "routes";
    }

    private static String from(Preference it, @Nullable Said said) {
        return said != null && said.says(it) ? PAGE : it.annotation();
    }
}
