package dev.muster.notifier.pipeline;

import dev.muster.notifier.catalog.Catalog;
import dev.muster.notifier.catalog.CatalogEntry;
import dev.muster.notifier.ledger.Destination;
import dev.muster.notifier.ledger.Episodes;
import dev.muster.notifier.ledger.GroupedBecause;
import dev.muster.notifier.ledger.HeldNotifications;
import dev.muster.notifier.ledger.Notifications;
import dev.muster.notifier.ledger.Notifications.Due;
import dev.muster.notifier.ledger.Notifications.Told;
import dev.muster.notifier.ledger.Notifications.Wait;
import dev.muster.notifier.ledger.SuppressedBecause;
import dev.muster.notifier.message.Composer;
import dev.muster.notifier.message.Direction;
import dev.muster.notifier.message.Message;
import dev.muster.notifier.pipeline.Gathering.Making.Made;
import dev.muster.notifier.pipeline.Gathering.Making.Nothing;
import dev.muster.notifier.silence.Silence;
import dev.muster.routing.Digest.Every;
import dev.muster.routing.HeldBecause;
import dev.muster.routing.Sending;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What a notification has gathered, once its wait is over. In the transaction of the caller.
@Component
class Gathering {

    private final Notifications notifications;
    private final HeldNotifications held;
    private final Episodes episodes;
    private final Catalog catalog;
    private final Composer composer;
    private final PipelineSettings settings;

    Gathering(
            Notifications notifications,
            HeldNotifications held,
            Episodes episodes,
            Catalog catalog,
            Composer composer,
            PipelineSettings settings) {
        this.notifications = notifications;
        this.held = held;
        this.episodes = episodes;
        this.catalog = catalog;
        this.composer = composer;
        this.settings = settings;
    }

    /// A transition to tell.
    ///
    /// @param silence what silences it, null when nothing does
    record Entry(Told told, @Nullable Silence silence) {}

    /// What becomes of a notification.
    sealed interface Making {

        /// A message.
        ///
        /// @param route where it goes
        record Made(String thread, Message message, Route route) implements Making {}

        /// There is nothing to tell.
        record Nothing(SuppressedBecause reason) implements Making {}
    }

    /// Takes in what else waits for the same owner, when that is too much to tell one by one. What answers a
    /// thread is one message a thread already.
    void absorb(Due due) {
        if (due.threadId().equals(due.id())
                && (due.held() == HeldBecause.GROUPING || due.held() == HeldBecause.MUTED)) {
            var siblings = held.siblings(due.id(), due.direction(), due.owner(), due.route());
            if (siblings.size() + 1 >= settings.storm()) {
                held.absorb(siblings, due.id());
            }
        }
    }

    /// What it tells, and what silences that.
    List<Entry> entries(Due due, List<Silence> active, Instant now) {
        return notifications.told(due.id()).stream()
                .map(it -> new Entry(
                        it,
                        active.isEmpty() ? null : silence(due, it, active, now).orElse(null)))
                .toList();
    }

    private Optional<Silence> silence(Due due, Told it, List<Silence> active, Instant now) {
        var tags =
                catalog.find(it.transition().entity()).map(CatalogEntry::tags).orElse(List.of());
        var change = !it.escalated()
                ? Changes.of(it.transition(), it.owner(), tags)
                : it.transition().regresses()
                        ? Changes.escalated(it.transition(), due.owner(), tags)
                        : Changes.of(it.transition(), due.owner(), tags);
        return Silence.covering(active, change, now);
    }

    /// What is silenced waits elsewhere, until the silence ends.
    void silence(Due due, List<Entry> entries, Instant now) {
        var bySilence = new LinkedHashMap<Silence, List<Told>>();
        for (var entry : entries) {
            if (entry.silence() != null) {
                bySilence
                        .computeIfAbsent(entry.silence(), _ -> new java.util.ArrayList<>())
                        .add(entry.told());
            }
        }
        bySilence.forEach((silence, told) -> {
            var thread = answers(due) ? due.threadId() : null;
            var to = notifications.join(
                    due.direction(),
                    Grouping.silenced(due.direction(), due.owner(), due.route(), silence.id(), thread),
                    due.owner(),
                    thread,
                    told.getFirst().transition().id(),
                    null,
                    now,
                    new Wait(due.route(), HeldBecause.SILENCED, silence.endsAt()));
            held.postpone(to, HeldBecause.SILENCED, silence.id(), now, silence.endsAt());
            held.inherit(due.id(), to);
            held.move(ids(told, false), to, GroupedBecause.SILENCED);
            held.moveCopies(due.id(), ids(told, true), to);
        });
    }

    private static List<String> ids(List<Told> told, boolean copied) {
        return told.stream()
                .filter(it -> it.copied() == copied)
                .map(it -> it.transition().id())
                .toList();
    }

    /// The message; nothing when it went back and forth and is as it was told last, or when others told all
    /// of it where it leads.
    ///
    /// @param owner what the catalogue says about the owner, null when it knows none
    Making make(Due due, @Nullable CatalogEntry owner, Sending sending, Instant now) {
        if (due.held() != HeldBecause.FLAPPING && due.direction() == Direction.REGRESSION) {
            held.lead(due.id());
        }
        var told = notifications.told(due.id());
        var read = Outcomes.read(told);
        var digest = sending.digest(Holding.digest(owner)).every();
        var collects = digest != Every.IMMEDIATE && due.held() != HeldBecause.FLAPPING && !answers(due);
        var direction = Outcomes.direction(read);
        var thread = collects ? due.id() : Outcomes.thread(due, told);
        var begins = thread.equals(due.id());
        var unchanged = unchanged(read, begins);
        if (unchanged != null
                && !collects
                && due.direction() == Direction.REGRESSION
                && (now.isBefore(due.createdAt().plus(settings.flap().longest()))
                        || Outcomes.isSteady(read, settings.flap().within(), now))) {
            return new Nothing(unchanged);
        }
        var begun = direction == Direction.RECOVERY && !begins
                ? notifications.destinations(thread, first(told))
                : List.<Destination>of();
        var routed = Routing.route(owner, sending, settings.channels(), settings.fallback(), begun);
        var left = unheard(due, told, routed.to());
        if (left.told().isEmpty()) {
            return new Nothing(SuppressedBecause.ALREADY_TOLD);
        }
        var all = routed.to(left.to());
        var route = Outcomes.endsIncidentsOnly(left.told()) ? all.toIncidents() : all;
        if (route.to().isEmpty() && !routed.to().isEmpty()) {
            return new Nothing(SuppressedBecause.NEVER_TOLD);
        }
        var message = message(due, Outcomes.read(left.told()), digest, collects, direction, begins ? null : thread);
        return new Made(thread, message, route);
    }

    /// As [Outcomes#unchanged]; what is broken as it was before is news when nobody heard of it then.
    private @Nullable SuppressedBecause unchanged(List<Told> read, boolean begins) {
        var unchanged = Outcomes.unchanged(read, begins);
        var ids = read.stream().map(it -> it.transition().id()).toList();
        return unchanged == SuppressedBecause.ALREADY_TOLD && episodes.isUnheard(Outcomes.broken(read), ids)
                ? null
                : unchanged;
    }

    private Message message(
            Due due, List<Told> told, Every digest, boolean collects, Direction direction, @Nullable String answered) {
        return collects
                ? composer.digest(word(digest), due.owner(), parts(told), titles(told))
                : composer.compose(
                        direction,
                        due.owner(),
                        parts(told),
                        titles(told),
                        answered == null
                                ? null
                                : notifications.content(answered).orElse(null),
                        Outcomes.note(due, told));
    }

    /// What no other notification tells first.
    private static List<String> first(List<Told> told) {
        return told.stream()
                .filter(it -> !it.copied())
                .map(it -> it.transition().id())
                .toList();
    }

    private Unheard unheard(Due due, List<Told> told, List<Destination> to) {
        var further = told.stream()
                .filter(Unheard::isFurther)
                .map(it -> it.transition().id())
                .toList();
        return Unheard.of(told, to, notifications.heard(due.id(), further));
    }

    private static boolean answers(Due due) {
        return !due.threadId().equals(due.id());
    }

    private static List<Composer.Part> parts(List<Told> told) {
        return told.stream()
                .map(it -> new Composer.Part(it.transition(), it.unresolved()))
                .toList();
    }

    private Map<String, String> titles(List<Told> told) {
        return catalog.titles(
                told.stream().map(it -> it.transition().entity()).distinct().toList());
    }

    private static String word(Every every) {
        return switch (every) {
            case IMMEDIATE -> "";
            case HOURLY -> "Hourly";
            case DAILY -> "Daily";
            case WEEKLY -> "Weekly";
        };
    }
}
