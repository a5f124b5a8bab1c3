package dev.muster.ingest.source;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One change to one fact (or one invalidation of several) that follows from an item.
///
/// @param when whether it follows at all; null means always
/// @param subject what the fact is about; null takes the mapping's
/// @param item id within the collection
/// @param scope scope within the collection; null means the whole
/// @param members of a snapshot: a list; `item` and `value` are asked for each as `member`
record FactMapping(
        List<String> facts,
        ChangeKind change,
        @Nullable Expression when,
        @Nullable Expression subject,
        @Nullable Expression item,
        @Nullable Expression scope,
        @Nullable Expression members,
        @Nullable ValueMapping value,
        VersionMapping version) {}
