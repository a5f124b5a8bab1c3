package dev.muster.ingest.scim;

import dev.muster.engine.fact.FactCatalogue;
import dev.muster.schemas.v1.DirectoryEntry;
import dev.muster.schemas.v1.FactsObserved;
import dev.muster.schemas.v1.Origin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// What a change of the directory tells of teams. Pure.
///
/// A group tells its team anew when it was touched, or when a member was: a user that is deactivated, renamed or gone
/// counts at once in every group. What a group is not called by any more has no members from then on.
final class Telling {

    /// What is pushed so soon after a group first came describes what was so before; only losses are news.
    private static final Duration NEW = Duration.ofMinutes(10);

    private final Directory directory;
    private final Map<String, DirectoryEntry> before;
    private final FactCatalogue facts;
    private final Set<String> groups = new LinkedHashSet<>();

    /// @param before by id
    /// @param touched by id; empty for what is gone
    Telling(
            Directory directory,
            Map<String, DirectoryEntry> before,
            Map<String, Optional<DirectoryEntry>> touched,
            FactCatalogue facts) {
        this.directory = directory;
        this.before = before;
        this.facts = facts;
        touched.forEach((id, entry) -> {
            var known = before.get(id);
            if (entry.map(DirectoryEntry::getGroup).isPresent() || (known != null && known.getGroup() != null)) {
                groups.add(id);
            } else {
                directory.groupsOf(id).forEach(group -> groups.add(group.getId()));
            }
        });
    }

    /// Ids of the groups that tell.
    Set<String> groups() {
        return Set.copyOf(groups);
    }

    List<FactsObserved> facts() {
        var told = new TreeMap<String, FactsObserved>();
        var left = new TreeMap<String, FactsObserved>();
        for (var id : groups) {
            var was = was(id);
            var is = directory.group(id).map(it -> Team.of(it, directory::user));
            var origin = origin(is.isPresent() && isGrowing(id, was, is.get()));
            is.ifPresent(team -> team.subjects().forEach(subject -> told.put(subject, tell(team, subject, origin))));
            was.ifPresent(team ->
                    team.subjects().forEach(subject -> left.put(subject, tell(Team.gone(), subject, origin))));
        }
        left.forEach(told::putIfAbsent);
        return new ArrayList<>(told.values());
    }

    private FactsObserved tell(Team team, String subject, Origin origin) {
        return team.facts(subject, directory.request().at(), origin, facts);
    }

    private Optional<Team> was(String id) {
        return Optional.ofNullable(before.get(id))
                .map(it -> Team.of(it, user -> Optional.ofNullable(before.get(user))));
    }

    private boolean isGrowing(String id, Optional<Team> was, Team is) {
        var young = directory
                .group(id)
                .filter(it ->
                        it.getCreatedAt().plus(NEW).isAfter(directory.request().at()))
                .isPresent();
        return young && is.active() >= was.map(Team::active).orElse(0);
    }

    private Origin origin(boolean backfill) {
        var request = directory.request();
        return new Origin(Team.SOURCE, request.caller(), request.id(), request.caller(), null, backfill);
    }
}
