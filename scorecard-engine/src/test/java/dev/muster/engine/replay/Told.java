package dev.muster.engine.replay;

import dev.muster.engine.fact.FactChange;
import dev.muster.engine.fact.Origin;
import dev.muster.engine.fact.Version;
import dev.muster.engine.rule.A;
import java.time.Instant;

/// A change of a fact as it stands on record.
///
/// @param at when it became known
record Told(Instant at, String subject, FactChange change) {

    static final String REPO = "repo:github.com/acme/payments";

    /// `millis` after [A#NOW].
    static Instant at(long millis) {
        return A.NOW.plusMillis(millis);
    }

    static Told set(long millis, String fact, String json) {
        return set(millis, millis, REPO, fact, json);
    }

    /// @param source time of the source, which may be older than what is known
    static Told set(long millis, long source, String subject, String fact, String json) {
        var version = version(source, millis);
        return new Told(at(millis), subject, new FactChange.Set(fact, json, version, origin(version), false));
    }

    static Told upsert(long millis, long source, String subject, String fact, String item, String json) {
        var version = version(source, millis);
        return new Told(
                at(millis), subject, new FactChange.Upsert(fact, item, "", json, version, origin(version), false));
    }

    static Told remove(long millis, long source, String subject, String fact, String item) {
        var version = version(source, millis);
        return new Told(at(millis), subject, new FactChange.Remove(fact, item, "", version, origin(version), false));
    }

    private static Version version(long source, long received) {
        return new Version(at(source), 0, at(received), "d-" + received);
    }

    private static Origin origin(Version version) {
        return new Origin("github", "main", version.deliveryId(), null, null, false);
    }
}
