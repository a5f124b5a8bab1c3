package dev.muster.ingest.scim;

import dev.muster.engine.fact.FactCatalogue;
import dev.muster.engine.library.Framework;
import dev.muster.ingest.declared.Declarations.Decision;
import dev.muster.schemas.AvroSerdes;
import dev.muster.schemas.Topic;
import dev.muster.schemas.Topics;
import dev.muster.schemas.v1.DirectoryEntry;
import dev.muster.schemas.v1.DirectoryGroup;
import dev.muster.schemas.v1.DirectoryUser;
import dev.muster.schemas.v1.FactsObserved;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A directory without a broker: what is decided is stored as the topic would.
final class Pushed {

    static final Framework FRAMEWORK = Framework.fromClassPath();
    static final FactCatalogue FACTS = FRAMEWORK.facts();
    static final Topic<String, FactsObserved> TOPIC =
            new Topics(AvroSerdes.from(Map.of("schema.registry.url", "mock://directory"))).facts();

    private final Map<String, DirectoryEntry> stored = new HashMap<>();

    Directory at(Instant now) {
        return new Directory(Map.copyOf(stored), "okta", now);
    }

    DirectoryEntry stored(String id) {
        return stored.get(id);
    }

    /// What follows from what is pushed.
    List<FactsObserved> apply(Directory directory) {
        return apply(directory.decision(TOPIC, FACTS, "done"));
    }

    List<FactsObserved> apply(Decision<DirectoryEntry, ?> decision) {
        decision.writes().forEach(it -> {
            if (it.value() == null) {
                stored.remove(it.key());
            } else {
                stored.put(it.key(), it.value());
            }
        });
        return decision.also().stream().map(it -> (FactsObserved) it.value()).toList();
    }

    List<FactsObserved> activate(Instant now, DirectoryEntry user, boolean active) {
        var directory = at(now);
        directory.replace(
                user, DirectoryEntry.newBuilder().setUser(user(user.getUser().getUserName(), active)));
        return apply(directory);
    }

    List<FactsObserved> members(Instant now, DirectoryEntry group, String... members) {
        var directory = at(now);
        var known = stored.get(group.getId());
        directory.replace(
                known,
                DirectoryEntry.newBuilder()
                        .setGroup(new DirectoryGroup(
                                known.getGroup().getDisplayName(),
                                List.of(members),
                                known.getGroup().getToldAt())));
        return apply(directory);
    }

    static DirectoryUser user(String name, boolean active) {
        return DirectoryUser.newBuilder().setUserName(name).setActive(active).build();
    }
}
