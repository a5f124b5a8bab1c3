package dev.muster.ingest.scim;

import dev.muster.engine.fact.FactCatalogue;
import dev.muster.ingest.declared.Declarations.Consequence;
import dev.muster.ingest.declared.Declarations.Decision;
import dev.muster.ingest.declared.Declarations.Write;
import dev.muster.schemas.Topic;
import dev.muster.schemas.v1.DirectoryClock;
import dev.muster.schemas.v1.DirectoryEntry;
import dev.muster.schemas.v1.DirectoryGroup;
import dev.muster.schemas.v1.DirectoryUser;
import dev.muster.schemas.v1.FactsObserved;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The directory as one request finds it, and what the request makes of it. Decides, and writes nothing itself.
///
/// **Promises.** What it decides holds a time that is later than that of every decision before it, whichever instance
/// made that: so facts are told in the order in which the directory changed, whatever the clocks of instances say.
///
/// Not for several threads at once.
final class Directory {

    static final String CLOCK = "clock";

    /// How precisely it is kept when the identity provider was heard.
    private static final Duration HEARD = Duration.ofHours(1);

    private final Map<String, DirectoryEntry> before;
    private final Map<String, Optional<DirectoryEntry>> touched = new LinkedHashMap<>();
    private final Request request;
    private @Nullable Map<String, List<DirectoryEntry>> groupsByMember;

    /// @param before all of it, by id
    Directory(Map<String, DirectoryEntry> before, String caller, Instant now) {
        this.before = before;
        var clock = before.get(CLOCK);
        var at = clock == null || clock.getChangedAt().isBefore(now)
                ? now
                : clock.getChangedAt().plusMillis(1);
        this.request = new Request(caller, UUID.randomUUID().toString(), at);
    }

    /// Who changes the directory.
    ///
    /// @param id correlation id of all that follows
    /// @param at when, in the time of the directory
    record Request(String caller, String id, Instant at) {}

    Request request() {
        return request;
    }

    Optional<DirectoryEntry> user(String id) {
        return entry(id).filter(it -> it.getUser() != null);
    }

    Optional<DirectoryEntry> group(String id) {
        return entry(id).filter(it -> it.getGroup() != null);
    }

    Stream<DirectoryEntry> users() {
        return entries(it -> it.getUser() != null);
    }

    Stream<DirectoryEntry> groups() {
        return entries(it -> it.getGroup() != null);
    }

    /// Groups that the user is in.
    List<DirectoryEntry> groupsOf(String user) {
        if (groupsByMember == null) {
            var found = new HashMap<String, List<DirectoryEntry>>();
            groups().forEach(group -> group.getGroup()
                    .getMembers()
                    .forEach(id ->
                            found.computeIfAbsent(id, _ -> new ArrayList<>()).add(group)));
            groupsByMember = found;
        }
        return groupsByMember.getOrDefault(user, List.of());
    }

    /// Users and groups.
    int size() {
        return (int) entries(it -> it.getClock() == null).count();
    }

    private Optional<DirectoryEntry> entry(String id) {
        var mine = touched.get(id);
        return mine == null ? Optional.ofNullable(before.get(id)) : mine;
    }

    private Stream<DirectoryEntry> entries(Predicate<DirectoryEntry> wanted) {
        var untouched = before.values().stream().filter(it -> !touched.containsKey(it.getId()));
        return Stream.concat(untouched, touched.values().stream().flatMap(Optional::stream))
                .filter(wanted);
    }

    DirectoryEntry add(@Nullable String externalId, DirectoryUser user) {
        return add(DirectoryEntry.newBuilder().setUser(user), externalId);
    }

    DirectoryEntry add(@Nullable String externalId, DirectoryGroup group) {
        return add(DirectoryEntry.newBuilder().setGroup(group), externalId);
    }

    private DirectoryEntry add(DirectoryEntry.Builder entry, @Nullable String externalId) {
        return touch(entry.setId(UUID.randomUUID().toString())
                .setExternalId(externalId)
                .setVersion(1)
                .setCreatedAt(request.at())
                .setChangedAt(request.at())
                .setChangedBy(request.caller())
                .setDeliveryId(request.id())
                .build());
    }

    /// Replaces a user or a group; the same content changes nothing.
    DirectoryEntry replace(DirectoryEntry known, DirectoryEntry.Builder next) {
        var same = next.setId(known.getId())
                .setVersion(known.getVersion())
                .setCreatedAt(known.getCreatedAt())
                .setChangedAt(known.getChangedAt())
                .setChangedBy(known.getChangedBy())
                .setDeliveryId(known.getDeliveryId())
                .build();
        return same.equals(known)
                ? known
                : touch(DirectoryEntry.newBuilder(same)
                        .setVersion(known.getVersion() + 1)
                        .setChangedAt(request.at())
                        .setChangedBy(request.caller())
                        .setDeliveryId(request.id())
                        .build());
    }

    /// Takes a user out of the directory and out of all groups.
    void removeUser(String id) {
        for (var group : List.copyOf(groupsOf(id))) {
            var members = group.getGroup().getMembers().stream()
                    .filter(member -> !member.equals(id))
                    .toList();
            replace(
                    group,
                    DirectoryEntry.newBuilder(group)
                            .setGroup(DirectoryGroup.newBuilder(group.getGroup())
                                    .setMembers(members)
                                    .build()));
        }
        remove(id);
    }

    void remove(String id) {
        touched.put(id, Optional.empty());
        groupsByMember = null;
    }

    private DirectoryEntry touch(DirectoryEntry entry) {
        touched.put(entry.getId(), Optional.of(entry));
        groupsByMember = null;
        return entry;
    }

    boolean isTouched() {
        return !touched.isEmpty();
    }

    /// Whether this request is the first sign of the identity provider for an hour.
    boolean isFirstHeard() {
        var clock = before.get(CLOCK);
        return clock == null || clock.getClock().getHeardAt().plus(HEARD).isBefore(request.at());
    }

    /// What the request makes of the directory: nothing where it changed nothing and the provider was heard just now.
    <T> Decision<DirectoryEntry, T> decision(Topic<String, FactsObserved> topic, FactCatalogue facts, T answer) {
        return isTouched() || isFirstHeard() ? decision(topic, facts, request.at(), answer) : nothing(answer);
    }

    /// A decision that changes nothing.
    <T> Decision<DirectoryEntry, T> nothing(T answer) {
        return new Decision<>(List.of(), request.id(), request.at(), request.caller(), answer);
    }

    /// Tells groups again that were last told before `due`, as they are: the provider pushes changes, so what it does
    /// not change is still so, as long as it is connected.
    ///
    /// @param most groups, at most
    /// @return nothing where the provider was not heard since `heardSince`, or no group is due
    Decision<DirectoryEntry, Integer> retold(
            Instant due, Instant heardSince, int most, Topic<String, FactsObserved> topic, FactCatalogue facts) {
        var clock = before.get(CLOCK);
        if (clock == null || clock.getClock().getHeardAt().isBefore(heardSince)) {
            return nothing(0);
        }
        var groups = groups().filter(it -> it.getGroup().getToldAt().isBefore(due))
                .limit(most)
                .toList();
        groups.forEach(this::touch);
        return groups.isEmpty()
                ? nothing(0)
                : decision(topic, facts, clock.getClock().getHeardAt(), groups.size());
    }

    private <T> Decision<DirectoryEntry, T> decision(
            Topic<String, FactsObserved> topic, FactCatalogue facts, Instant heardAt, T answer) {
        var telling = new Telling(this, before, touched, facts);
        var told = telling.facts();
        telling.groups().forEach(id -> group(id).ifPresent(this::toldNow));
        var writes = new ArrayList<Write<DirectoryEntry>>();
        touched.forEach((id, entry) -> writes.add(new Write<>(id, entry.orElse(null))));
        writes.add(new Write<>(CLOCK, clock(heardAt)));
        var also = told.stream()
                .<Consequence<?>>map(
                        it -> new Consequence<>(topic, it.getSubject(), it, "dev.muster.facts.observed.v1"))
                .toList();
        return new Decision<>(writes, also, request.id(), request.at(), request.caller(), answer);
    }

    private void toldNow(DirectoryEntry group) {
        touch(DirectoryEntry.newBuilder(group)
                .setGroup(DirectoryGroup.newBuilder(group.getGroup())
                        .setToldAt(request.at())
                        .build())
                .build());
    }

    private DirectoryEntry clock(Instant heardAt) {
        var clock = before.get(CLOCK);
        return DirectoryEntry.newBuilder()
                .setId(CLOCK)
                .setClock(new DirectoryClock(heardAt))
                .setVersion(clock == null ? 1 : clock.getVersion() + 1)
                .setCreatedAt(clock == null ? request.at() : clock.getCreatedAt())
                .setChangedAt(request.at())
                .setChangedBy(request.caller())
                .setDeliveryId(request.id())
                .build();
    }
}
