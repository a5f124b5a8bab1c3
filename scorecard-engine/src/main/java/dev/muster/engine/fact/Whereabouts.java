package dev.muster.engine.fact;

import static java.util.Comparator.comparing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What became of the name that a subject is known by: it was given up for another one, deleted, or taken into use
/// again. Told by the fact [#FACT].
///
/// A name that was given up for another keeps nothing: all that was told of it, at any time, counts for the other one,
/// and whoever claims it claims the other one. A name that is taken into use again begins with nothing: what is older
/// than that still goes where the name went before.
///
/// **Promises.** The same news of where a name went make the same whereabouts, in any order and with any repetition.
/// Nothing goes in circles: of two names that were given up for each other, the one of the newer move is at rest.
/// **Does not promise.** Of news that a name is in use, those between two others are not kept.
///
/// @param stops the news, the oldest first, [#MOST] of them at most
public record Whereabouts(List<Stop> stops) {

    /// The fact by which sources tell it.
    public static final String FACT = "whereabouts";

    /// Value of [#FACT] for a name that is in use.
    public static final String HERE = "{}";

    /// News that are kept of a name; of more, the newest.
    static final int MOST = 32;

    private static final int LONGEST = 300;
    private static final Pattern SUBJECT = Pattern.compile("[a-z][a-z0-9-]{0,30}:[^\\s\\p{Cntrl}]+");

    private static final Comparator<Stop> ORDER = comparing(Stop::version)
            .thenComparing(Stop::isHere)
            .thenComparing(Stop::deleted)
            .thenComparing(Stop::movedTo);

    public Whereabouts {
        stops = List.copyOf(stops);
    }

    /// One piece of news.
    ///
    /// @param movedTo subject that took its place, empty when none did
    /// @param deleted true when it was deleted
    public record Stop(Version version, String movedTo, boolean deleted) {

        /// True when the name is in use from then on.
        public boolean isHere() {
            return movedTo.isEmpty() && !deleted;
        }

        /// When it became so.
        public Instant at() {
            return version.sourceTime();
        }
    }

    /// Nothing heard: it is where it is.
    public static Whereabouts unknown() {
        return new Whereabouts(List.of());
    }

    /// What a value of [#FACT] tells about `subject`; a move to itself tells that it is in use. Empty when what it
    /// is said to have moved to is no subject.
    public static Optional<Stop> stop(String subject, String json, Version version) {
        var movedTo = text(json);
        return movedTo.isEmpty()
                        || (movedTo.length() <= LONGEST
                                && SUBJECT.matcher(movedTo).matches())
                ? Optional.of(
                        new Stop(version, movedTo.equals(subject) ? "" : movedTo, movedTo.isEmpty() && isDeleted(json)))
                : Optional.empty();
    }

    /// That a name is in use, told by whoever came to it.
    ///
    /// @param news that tell of the name that was given up for it
    public static FactChange here(FactChange news) {
        return new FactChange.Set(FACT, HERE, news.version(), news.origin(), news.clamped());
    }

    /// The subject that took the place of the one that this register of [#FACT] is about; empty when none did.
    public static Optional<String> movedTo(FactState state) {
        return Optional.of(text(json(state))).filter(it -> !it.isEmpty());
    }

    /// When Muster heard that the subject of this register of [#FACT] was deleted; empty when it was not.
    public static Optional<Instant> deletedAt(FactState state) {
        var json = json(state);
        var version = state.latest();
        return version != null && text(json).isEmpty() && isDeleted(json)
                ? Optional.of(version.receivedAt())
                : Optional.empty();
    }

    private static String json(FactState state) {
        return state instanceof FactState.Scalar scalar && scalar.json() != null ? scalar.json() : HERE;
    }

    private static String text(String json) {
        var movedTo = field(json, "movedTo");
        return movedTo != null && movedTo.isString() ? movedTo.stringValue().strip() : "";
    }

    private static boolean isDeleted(String json) {
        var deleted = field(json, "deleted");
        return deleted != null && deleted.isBoolean() && deleted.booleanValue();
    }

    private static @Nullable JsonNode field(String json, String name) {
        try {
            return FactJson.parse(json).get(name);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    /// Takes news in; the very same instance when they are known or too old.
    public Whereabouts and(Stop stop) {
        if (stops.contains(stop)) {
            return this;
        }
        var all = new ArrayList<>(stops);
        all.add(stop);
        all.sort(ORDER);
        forgetRepetitions(all);
        var kept = all.subList(Math.max(0, all.size() - MOST), all.size());
        return kept.equals(stops) ? this : new Whereabouts(kept);
    }

    /// Of news without others between them that say that the name is in use, the first and the last tell
    /// everything, and the last alone when it never went anywhere before.
    private static void forgetRepetitions(List<Stop> sorted) {
        for (var i = sorted.size() - 2; i >= 0; i--) {
            var repeats = i == 0 || sorted.get(i - 1).isHere();
            if (repeats && sorted.get(i).isHere() && sorted.get(i + 1).isHere()) {
                sorted.remove(i);
            }
        }
    }

    /// True when the name was never given up, so that everything belongs here.
    public boolean stayed() {
        for (var stop : stops) {
            if (!stop.isHere()) {
                return false;
            }
        }
        return true;
    }

    /// How it is by the newest news; empty while it is in use, or nothing was heard.
    public Optional<Stop> gone() {
        return stops.isEmpty() ? Optional.empty() : Optional.of(stops.getLast()).filter(it -> !it.isHere());
    }

    /// Where something belongs that was told of the name; empty when here.
    ///
    /// @param at time of its source, or when it came here from another name, whichever is later
    public Optional<Stop> gone(Instant at) {
        Stop gone = null;
        for (var stop : stops) {
            if (!stop.isHere()) {
                gone = stop;
            } else if (gone != null && at.isBefore(stop.at())) {
                break;
            } else {
                gone = null;
            }
        }
        return Optional.ofNullable(gone);
    }
}
