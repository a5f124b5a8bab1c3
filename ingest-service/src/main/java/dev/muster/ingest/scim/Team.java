package dev.muster.ingest.scim;

import dev.muster.engine.fact.FactCatalogue;
import dev.muster.ingest.json.CanonicalJson;
import dev.muster.ingest.subject.ScimGroups;
import dev.muster.schemas.v1.DirectoryEntry;
import dev.muster.schemas.v1.FactChange;
import dev.muster.schemas.v1.FactChangeKind;
import dev.muster.schemas.v1.FactsObserved;
import dev.muster.schemas.v1.Origin;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a group tells of its team. Pure.
///
/// @param name null when there is no such group any more
/// @param members whether the account can be used, by login
record Team(@Nullable String name, @Nullable String externalId, SortedMap<String, Boolean> members) {

    static final String SOURCE = "scim";

    Team {
        members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
    }

    /// @param users by id
    static Team of(DirectoryEntry group, Function<String, Optional<DirectoryEntry>> users) {
        var members = new TreeMap<String, Boolean>();
        for (var id : group.getGroup().getMembers()) {
            users.apply(id)
                    .map(DirectoryEntry::getUser)
                    .ifPresent(user -> members.put(user.getUserName(), user.getActive()));
        }
        return new Team(group.getGroup().getDisplayName(), group.getExternalId(), members);
    }

    /// What is told about a subject that no group is called by any more.
    static Team gone() {
        return new Team(null, null, new TreeMap<>());
    }

    /// What the team is called by.
    SortedSet<String> subjects() {
        var subjects = new TreeSet<String>();
        if (name != null) {
            subjects.add(ScimGroups.byName(name));
        }
        if (externalId != null) {
            subjects.add(ScimGroups.byId(externalId));
        }
        return subjects;
    }

    /// Members whose account can be used.
    int active() {
        return (int) members.values().stream().filter(it -> it).count();
    }

    /// The facts `teamMembers`, as a snapshot, and `identityProvider`.
    ///
    /// @param at later than that of all facts that were told about the subject before
    FactsObserved facts(String subject, Instant at, Origin origin, FactCatalogue facts) {
        var items = new TreeMap<String, String>();
        members.forEach((login, active) -> items.put(
                login, facts.canonical(CanonicalJson.of(Map.<String, Object>of("login", login, "active", active)))));
        var snapshot = FactChange.newBuilder()
                .setFact("teamMembers")
                .setKind(FactChangeKind.SNAPSHOT)
                .setItems(items)
                .setSourceTime(at)
                .build();
        var group = Map.<String, Object>of(
                "group", name == null ? "" : name, "activeMembers", active(), "lastSync", at.toString());
        var provider = FactChange.newBuilder()
                .setFact("identityProvider")
                .setKind(FactChangeKind.SET)
                .setValue(facts.canonical(CanonicalJson.of(group)))
                .setSourceTime(at)
                .build();
        return new FactsObserved(subject, List.of(snapshot, provider), origin, at, null);
    }
}
