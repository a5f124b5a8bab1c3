package dev.muster.ingest.source;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What follows from the deliveries of some event types.
///
/// @param name for people, unique in the definition
/// @param events event types that it reads
/// @param when whether it reads this delivery; null means always
/// @param items what it reads, a list; null means the body itself as the only item
/// @param noSubject why what is about nobody is refused; null means that it is passed over
/// @param actor who did it; null or nothing means nobody is known
/// @param url where a person can look at it
/// @param told facts that an item tells in the words of `POST /v1/facts`, about `subject` unless they say otherwise;
/// null where it does not
record Mapping(
        String name,
        Set<String> events,
        @Nullable Expression when,
        @Nullable Expression items,
        Expression subject,
        @Nullable String noSubject,
        @Nullable Expression actor,
        @Nullable Expression url,
        List<FactMapping> facts,
        @Nullable ToldMapping told) {}
