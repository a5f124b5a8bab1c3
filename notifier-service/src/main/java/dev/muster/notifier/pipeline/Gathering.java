package dev.muster.notifier.pipeline;

import dev.muster.notifier.catalog.Catalog;
import dev.muster.notifier.catalog.CatalogEntry;
import dev.muster.notifier.ledger.Destination;
import dev.muster.notifier.ledger.GroupedBecause;
import dev.muster.notifier.ledger.HeldNotifications;
import dev.muster.notifier.ledger.Notifications;
import dev.muster.notifier.ledger.Notifications.Due;
import dev.muster.notifier.ledger.Notifications.Told;
import dev.muster.notifier.ledger.Notifications.Wait;
import dev.muster.notifier.message.Composer;
import dev.muster.notifier.message.Direction;
import dev.muster.notifier.message.Message;
import dev.muster.notifier.silence.Silence;
import dev.muster.routing.Digest.Every;
import dev.muster.routing.HeldBecause;
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
    private final Catalog catalog;
    private final Composer composer;
    private final PipelineSettings settings;

    Gathering(
            Notifications notifications,
            HeldNotifications held,
            Catalog catalog,
            Composer composer,
            PipelineSettings settings) {
        this.notifications = notifications;
        this.held = held;
        this.catalog = catalog;
        this.composer = composer;
        this.settings = settings;
    }

    /// A transition to tell.
    ///
    /// @param silence what silences it, null when nothing does
    record Entry(Told told, @Nullable Silence silence) {}

    /// A message that is made.
    ///
    /// @param begun destinations that its thread was begun at and stays at
    record Made(String thread, Message message, List<Destination> begun) {}

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
                        it, active.isEmpty() ? null : silence(it, active, now).orElse(null)))
                .toList();
    }

    private Optional<Silence> silence(Told it, List<Silence> active, Instant now) {
        var tags =
                catalog.find(it.transition().entity()).map(CatalogEntry::tags).orElse(List.of());
        return Silence.covering(active, Changes.of(it.transition(), it.owner(), tags), now);
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
            var thread = due.direction() == Direction.RECOVERY ? due.threadId() : null;
            var to = notifications.join(
                    due.direction(),
                    Grouping.silenced(due.direction(), due.owner(), due.route(), silence.id(), thread),
                    due.owner(),
                    thread,
                    told.getFirst().transition().id(),
                    null,
                    now,
                    new Wait(due.route(), HeldBecause.SILENCED, silence.endsAt()));
            held.postpone(to, HeldBecause.SILENCED, silence.id(), silence.endsAt());
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

    /// The message; empty when it went back and forth, is good, and nobody ever heard that it was not.
    ///
    /// @param digest how often messages like this one leave
    Optional<Made> make(Due due, Every digest, Instant now) {
        var told = notifications.told(due.id());
        if (digest != Every.IMMEDIATE && due.held() != HeldBecause.FLAPPING) {
            return Optional.of(new Made(
                    due.id(), composer.digest(word(digest), due.owner(), parts(told), titles(told)), List.of()));
        }
        var direction = Outcomes.direction(told);
        var thread = Outcomes.thread(due, told);
        var turned = direction == Direction.RECOVERY && due.direction() == Direction.REGRESSION;
        if (turned
                && thread.equals(due.id())
                && now.isBefore(due.createdAt().plus(settings.flap().longest()))) {
            return Optional.empty();
        }
        var message = composer.compose(
                direction,
                due.owner(),
                parts(told),
                titles(told),
                thread.equals(due.id()) ? null : notifications.content(thread).orElse(null),
                Outcomes.note(due, told));
        var answers = direction == Direction.RECOVERY && !thread.equals(due.id());
        return Optional.of(new Made(thread, message, answers ? notifications.destinations(thread) : List.of()));
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
