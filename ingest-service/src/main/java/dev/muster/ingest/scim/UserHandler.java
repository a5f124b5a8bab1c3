package dev.muster.ingest.scim;

import de.captaingoldfish.scim.sdk.common.resources.User;
import de.captaingoldfish.scim.sdk.common.resources.complex.Name;
import de.captaingoldfish.scim.sdk.common.resources.multicomplex.Email;
import de.captaingoldfish.scim.sdk.common.resources.multicomplex.GroupNode;
import de.captaingoldfish.scim.sdk.server.endpoints.Context;
import dev.muster.schemas.v1.DirectoryEmail;
import dev.muster.schemas.v1.DirectoryEntry;
import dev.muster.schemas.v1.DirectoryUser;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `/Users`.
final class UserHandler extends EntryHandler<User> {

    private static final int MOST_EMAILS = 20;

    UserHandler(int mostEntries) {
        super(mostEntries);
    }

    @Override
    Stream<DirectoryEntry> all(Directory directory) {
        return directory.users();
    }

    @Override
    Optional<DirectoryEntry> find(Directory directory, String id) {
        return directory.user(id);
    }

    @Override
    DirectoryEntry add(User sent, Directory directory) {
        var user = kept(sent);
        checkFree(directory, null, "username", user.getUserName(), "userName");
        return directory.add(externalId(sent), user);
    }

    @Override
    DirectoryEntry replace(DirectoryEntry known, User sent, Directory directory) {
        var user = kept(sent);
        checkFree(directory, known, "username", user.getUserName(), "userName");
        return directory.replace(
                known,
                DirectoryEntry.newBuilder().setExternalId(externalId(sent)).setUser(user));
    }

    @Override
    void remove(DirectoryEntry known, Directory directory) {
        directory.removeUser(known.getId());
    }

    private static @Nullable String externalId(User sent) {
        return bounded("externalId", sent.getExternalId().orElse(null));
    }

    private static DirectoryUser kept(User sent) {
        var name = sent.getName();
        var emails = sent.getEmails().stream()
                .flatMap(email -> email.getValue().stream()
                        .map(value -> DirectoryEmail.newBuilder()
                                .setValue(required("emails.value", value))
                                .setType(bounded("emails.type", email.getType().orElse(null)))
                                .setPrimary(email.isPrimary())
                                .build()))
                .toList();
        if (emails.size() > MOST_EMAILS) {
            throw wrong("'emails' has %d values; at most %d are kept".formatted(emails.size(), MOST_EMAILS));
        }
        return DirectoryUser.newBuilder()
                .setUserName(required("userName", sent.getUserName().orElse(null)))
                .setDisplayName(bounded("displayName", sent.getDisplayName().orElse(null)))
                .setFormattedName(bounded(
                        "name.formatted", name.flatMap(Name::getFormatted).orElse(null)))
                .setGivenName(bounded(
                        "name.givenName", name.flatMap(Name::getGivenName).orElse(null)))
                .setFamilyName(bounded(
                        "name.familyName", name.flatMap(Name::getFamilyName).orElse(null)))
                .setActive(sent.isActive().orElse(true))
                .setEmails(emails)
                .build();
    }

    @Override
    User show(DirectoryEntry entry, boolean brief, Context context) {
        var user = entry.getUser();
        return User.builder()
                .userName(user.getUserName())
                .displayName(user.getDisplayName())
                .name(name(user))
                .active(user.getActive())
                .emails(user.getEmails().stream()
                        .map(it -> Email.builder()
                                .value(it.getValue())
                                .type(it.getType())
                                .primary(it.getPrimary() ? true : null)
                                .build())
                        .toList())
                .groups(brief ? List.of() : groups(entry.getId(), context))
                .build();
    }

    private static @Nullable Name name(DirectoryUser user) {
        return user.getFormattedName() == null && user.getGivenName() == null && user.getFamilyName() == null
                ? null
                : Name.builder()
                        .formatted(user.getFormattedName())
                        .givenName(user.getGivenName())
                        .familyName(user.getFamilyName())
                        .build();
    }

    private static List<GroupNode> groups(String user, Context context) {
        return DirectoryContext.directory(context).groupsOf(user).stream()
                .map(it -> GroupNode.builder()
                        .value(it.getId())
                        .display(it.getGroup().getDisplayName())
                        .ref(DirectoryContext.url(context, it.getId(), "Group").orElse(null))
                        .type("direct")
                        .build())
                .toList();
    }

    @Override
    @Nullable
    List<String> texts(DirectoryEntry entry, String attribute) {
        return switch (attribute) {
            case "username" -> List.of(entry.getUser().getUserName());
            case "externalid" -> Stream.ofNullable(entry.getExternalId()).toList();
            case "id" -> List.of(entry.getId());
            default -> null;
        };
    }

    @Override
    String heavy() {
        return "groups";
    }
}
