package dev.muster.ingest.scim;

import de.captaingoldfish.scim.sdk.common.resources.Group;
import de.captaingoldfish.scim.sdk.common.resources.multicomplex.Member;
import de.captaingoldfish.scim.sdk.server.endpoints.Context;
import dev.muster.ingest.subject.ScimGroups;
import dev.muster.ingest.subject.Subjects;
import dev.muster.schemas.v1.DirectoryEntry;
import dev.muster.schemas.v1.DirectoryGroup;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `/Groups`: teams, flat. A group in a group is refused rather than not counted in silence.
final class GroupHandler extends EntryHandler<Group> {

    /// As many as the fact `teamMembers` holds.
    static final int MOST_MEMBERS = 5_000;

    /// Ids that an error names.
    private static final int NAMED = 3;

    GroupHandler(int mostEntries) {
        super(mostEntries);
    }

    @Override
    Stream<DirectoryEntry> all(Directory directory) {
        return directory.groups();
    }

    @Override
    Optional<DirectoryEntry> find(Directory directory, String id) {
        return directory.group(id);
    }

    @Override
    DirectoryEntry add(Group sent, Directory directory) {
        var group = kept(sent, directory, null, directory.request().at());
        return directory.add(externalId(sent, directory, null), group);
    }

    @Override
    DirectoryEntry replace(DirectoryEntry known, Group sent, Directory directory) {
        var group = kept(sent, directory, known, known.getGroup().getToldAt());
        return directory.replace(
                known,
                DirectoryEntry.newBuilder()
                        .setExternalId(externalId(sent, directory, known))
                        .setGroup(group));
    }

    @Override
    void remove(DirectoryEntry known, Directory directory) {
        directory.remove(known.getId());
    }

    private @Nullable String externalId(Group sent, Directory directory, @Nullable DirectoryEntry self) {
        var id = bounded("externalId", sent.getExternalId().orElse(null));
        checkFree(directory, self, "externalid", id, "externalId");
        return id == null ? null : checkSubject("externalId", id, ScimGroups.byId(id));
    }

    private DirectoryGroup kept(Group sent, Directory directory, @Nullable DirectoryEntry self, Instant toldAt) {
        var name = required("displayName", sent.getDisplayName().orElse(null));
        checkSubject("displayName", name, ScimGroups.byName(name));
        checkFree(directory, self, "displayname", name, "displayName");
        return new DirectoryGroup(name, members(sent, directory), toldAt);
    }

    private static String checkSubject(String attribute, String text, String subject) {
        Subjects.mistakeIn(subject).ifPresent(_ -> {
            throw wrong("'%s' is too long: with white space and what is outside of it escaped it has %d characters"
                    .formatted(attribute, subject.length()));
        });
        return text;
    }

    private static List<String> members(Group sent, Directory directory) {
        var ids = sent.getMembers().stream()
                .flatMap(member -> member.getValue().stream())
                .distinct()
                .sorted()
                .toList();
        if (ids.size() > MOST_MEMBERS) {
            throw wrong("'members' has %d values; a team has at most %d. Push the groups that own something"
                    .formatted(ids.size(), MOST_MEMBERS));
        }
        var unknown = ids.stream().filter(id -> directory.user(id).isEmpty()).toList();
        if (!unknown.isEmpty()) {
            throw wrong(
                    "'members' names %d that are no users here, such as %s; the value of a member is the id of a User"
                            .formatted(
                                    unknown.size(),
                                    unknown.stream()
                                            .limit(NAMED)
                                            .map(GroupHandler::shortened)
                                            .toList()));
        }
        return ids;
    }

    private static String shortened(String id) {
        return id.length() <= 64 ? id : id.substring(0, 64) + "…";
    }

    @Override
    Group show(DirectoryEntry entry, boolean brief, Context context) {
        var group = Group.builder().displayName(entry.getGroup().getDisplayName());
        return brief ? group.build() : group.members(members(entry, context)).build();
    }

    private static List<Member> members(DirectoryEntry entry, Context context) {
        var directory = DirectoryContext.directory(context);
        return entry.getGroup().getMembers().stream()
                .flatMap(id -> directory.user(id).stream())
                .map(user -> Member.builder()
                        .value(user.getId())
                        .display(
                                user.getUser().getDisplayName() == null
                                        ? user.getUser().getUserName()
                                        : user.getUser().getDisplayName())
                        .type("User")
                        .ref(DirectoryContext.url(context, user.getId(), "User").orElse(null))
                        .build())
                .toList();
    }

    @Override
    @Nullable
    List<String> texts(DirectoryEntry entry, String attribute) {
        return switch (attribute) {
            case "displayname" -> List.of(entry.getGroup().getDisplayName());
            case "externalid" -> Stream.ofNullable(entry.getExternalId()).toList();
            case "id" -> List.of(entry.getId());
            case "members", "members.value" -> entry.getGroup().getMembers();
            default -> null;
        };
    }

    @Override
    String heavy() {
        return "members";
    }
}
