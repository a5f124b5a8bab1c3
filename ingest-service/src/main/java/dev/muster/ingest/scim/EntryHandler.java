package dev.muster.ingest.scim;

import de.captaingoldfish.scim.sdk.common.constants.ScimType;
import de.captaingoldfish.scim.sdk.common.constants.enums.Comparator;
import de.captaingoldfish.scim.sdk.common.constants.enums.SortOrder;
import de.captaingoldfish.scim.sdk.common.etag.ETag;
import de.captaingoldfish.scim.sdk.common.exceptions.BadRequestException;
import de.captaingoldfish.scim.sdk.common.exceptions.ConflictException;
import de.captaingoldfish.scim.sdk.common.exceptions.ForbiddenException;
import de.captaingoldfish.scim.sdk.common.exceptions.ResourceNotFoundException;
import de.captaingoldfish.scim.sdk.common.resources.ResourceNode;
import de.captaingoldfish.scim.sdk.common.resources.complex.Meta;
import de.captaingoldfish.scim.sdk.common.schemas.SchemaAttribute;
import de.captaingoldfish.scim.sdk.server.endpoints.Context;
import de.captaingoldfish.scim.sdk.server.endpoints.ResourceHandler;
import de.captaingoldfish.scim.sdk.server.filter.AttributeExpressionLeaf;
import de.captaingoldfish.scim.sdk.server.filter.FilterNode;
import de.captaingoldfish.scim.sdk.server.filter.resources.FilterResourceResolver;
import de.captaingoldfish.scim.sdk.server.response.PartialListResponse;
import de.captaingoldfish.scim.sdk.server.sort.ResourceNodeComparator;
import dev.muster.schemas.v1.DirectoryEntry;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What users and groups share: they are entries of the directory, with a version.
///
/// @param <R> how SCIM shows it
abstract class EntryHandler<R extends ResourceNode> extends ResourceHandler<R> {

    /// Longest text that is kept, in characters; with it the subject of a group stays a subject.
    static final int LONGEST = 256;

    private final int mostEntries;

    EntryHandler(int mostEntries) {
        this.mostEntries = mostEntries;
    }

    abstract Stream<DirectoryEntry> all(Directory directory);

    abstract Optional<DirectoryEntry> find(Directory directory, String id);

    /// Adds what was sent.
    abstract DirectoryEntry add(R sent, Directory directory);

    /// Replaces an entry by what was sent.
    abstract DirectoryEntry replace(DirectoryEntry known, R sent, Directory directory);

    abstract void remove(DirectoryEntry known, Directory directory);

    /// Without `meta`.
    abstract R show(DirectoryEntry entry, boolean brief, Context context);

    /// Texts of an attribute by which the provider looks for entries; null when it is none of those.
    ///
    /// @param attribute in lower case, such as `username` or `members.value`
    abstract @Nullable List<String> texts(DirectoryEntry entry, String attribute);

    /// Attribute that takes long to show.
    abstract String heavy();

    @Override
    public R createResource(R sent, Context context) {
        var directory = DirectoryContext.directory(context);
        if (directory.size() >= mostEntries) {
            throw new ForbiddenException("The directory is full: it holds at most " + mostEntries
                    + " users and groups (muster.scim.max-resources). Assign only the teams to the application");
        }
        return shown(add(sent, directory), false, context);
    }

    @Override
    public R getResource(String id, List<SchemaAttribute> attributes, List<SchemaAttribute> excluded, Context context) {
        return shown(known(id, context), isHeavyExcluded(excluded), context);
    }

    @Override
    public R updateResource(R sent, Context context) {
        var known = known(sent.getId().orElse(""), context);
        return shown(replace(known, sent, DirectoryContext.directory(context)), false, context);
    }

    @Override
    public void deleteResource(String id, Context context) {
        remove(known(id, context), DirectoryContext.directory(context));
    }

    @Override
    public PartialListResponse<R> listResources(
            long startIndex,
            int count,
            @Nullable FilterNode filter,
            @Nullable SchemaAttribute sortBy,
            @Nullable SortOrder sortOrder,
            List<SchemaAttribute> attributes,
            List<SchemaAttribute> excluded,
            Context context) {
        var brief = isHeavyExcluded(excluded) && filter == null;
        var entries = all(DirectoryContext.directory(context))
                .filter(entry -> mayMatch(entry, filter))
                .sorted(java.util.Comparator.comparing(DirectoryEntry::getCreatedAt)
                        .thenComparing(DirectoryEntry::getId))
                .toList();
        if (filter == null && sortBy == null) {
            var page = entries.stream()
                    .skip(startIndex - 1)
                    .limit(count)
                    .map(entry -> shown(entry, brief, context))
                    .toList();
            return page(page, entries.size());
        }
        var found = entries.stream().map(entry -> shown(entry, false, context)).toList();
        if (filter != null) {
            found = FilterResourceResolver.filterResources(getServiceProvider(), found, filter);
        }
        if (sortBy != null) {
            found = found.stream()
                    .sorted(new ResourceNodeComparator(sortBy, sortOrder))
                    .toList();
        }
        return page(found.stream().skip(startIndex - 1).limit(count).toList(), found.size());
    }

    private static <R extends ResourceNode> PartialListResponse<R> page(List<R> page, int total) {
        return PartialListResponse.<R>builder()
                .resources(page)
                .totalResults(total)
                .build();
    }

    /// Whether the filter may be true of the entry, found out without showing it first.
    private boolean mayMatch(DirectoryEntry entry, @Nullable FilterNode filter) {
        if (filter instanceof AttributeExpressionLeaf leaf
                && leaf.getComparator() == Comparator.EQ
                && leaf.getStringValue().isPresent()) {
            var texts = texts(entry, leaf.getShortName().toLowerCase(Locale.ROOT));
            return texts == null
                    || texts.stream()
                            .anyMatch(it ->
                                    it.equalsIgnoreCase(leaf.getStringValue().get()));
        }
        return true;
    }

    private boolean isHeavyExcluded(@Nullable List<SchemaAttribute> excluded) {
        return excluded != null && excluded.stream().anyMatch(it -> it.getName().equals(heavy()));
    }

    private R shown(DirectoryEntry entry, boolean brief, Context context) {
        var shown = show(entry, brief, context);
        shown.setId(entry.getId());
        shown.setExternalId(entry.getExternalId());
        shown.setMeta(Meta.builder()
                .resourceType(getResourceType().getName())
                .location(context.getResourceReferenceUrl(entry.getId()))
                .created(entry.getCreatedAt())
                .lastModified(entry.getChangedAt())
                .version(ETag.builder()
                        .weak(true)
                        .tag(Long.toString(entry.getVersion()))
                        .build())
                .build());
        return shown;
    }

    private DirectoryEntry known(String id, Context context) {
        return find(DirectoryContext.directory(context), id)
                .orElseThrow(() -> new ResourceNotFoundException("There is no %s with this id"
                        .formatted(getResourceType().getName())));
    }

    /// Refuses a text that another entry has.
    void checkFree(
            Directory directory, @Nullable DirectoryEntry self, String attribute, @Nullable String text, String shown) {
        if (text == null) {
            return;
        }
        all(directory)
                .filter(it -> self == null || !it.getId().equals(self.getId()))
                .filter(it -> Optional.ofNullable(texts(it, attribute)).orElse(List.of()).stream()
                        .anyMatch(text::equalsIgnoreCase))
                .findFirst()
                .ifPresent(it -> {
                    throw new ConflictException(
                            "Another %s (id %s) has the same %s"
                                    .formatted(getResourceType().getName(), it.getId(), shown),
                            ScimType.RFC7644.UNIQUENESS);
                });
    }

    /// Refuses a text that is too long.
    static @Nullable String bounded(String attribute, @Nullable String text) {
        if (text != null && text.length() > LONGEST) {
            throw wrong("'%s' has %d characters; at most %d are kept".formatted(attribute, text.length(), LONGEST));
        }
        return text;
    }

    /// The same of one that has to be there.
    static String required(String attribute, @Nullable String text) {
        var bounded = bounded(attribute, text);
        if (bounded == null || bounded.isBlank()) {
            throw wrong("'%s' is missing or empty".formatted(attribute));
        }
        return bounded;
    }

    static BadRequestException wrong(String detail) {
        return new BadRequestException(detail, ScimType.RFC7644.INVALID_VALUE);
    }
}
