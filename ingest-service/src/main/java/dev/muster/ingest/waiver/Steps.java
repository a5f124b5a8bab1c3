package dev.muster.ingest.waiver;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.schemas.v1.Step;
import dev.muster.schemas.v1.StepKind;
import dev.muster.service.Caller;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The history of an attestation or an exemption. The last step is how it stands. Pure, but for the id of a request.
final class Steps {

    static final int MAX_COMMENT = 2_000;

    private Steps() {}

    /// One step as answers show it.
    ///
    /// @param state after it
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record View(
            String state, String by, Instant at, @Nullable String comment) {}

    static List<View> views(List<Step> steps) {
        return steps.stream()
                .map(step -> new View(word(step.getKind()), step.getActor(), step.getAt(), step.getComment()))
                .toList();
    }

    /// The first step, of a request of its own.
    static List<Step> first(StepKind kind, Caller caller, Instant now, Optional<String> comment) {
        return and(List.of(), kind, caller, now, comment);
    }

    /// One step more, never before the last one whatever the clocks of instances say.
    static List<Step> and(List<Step> steps, StepKind kind, Caller caller, Instant now, Optional<String> comment) {
        var at = now.truncatedTo(ChronoUnit.MILLIS);
        if (!steps.isEmpty() && steps.getLast().getAt().isAfter(at)) {
            at = steps.getLast().getAt();
        }
        var more = new ArrayList<>(steps);
        more.add(new Step(
                kind, caller.name(), at, comment.orElse(null), UUID.randomUUID().toString()));
        return List.copyOf(more);
    }

    /// How it stands, such as `approved`.
    static String state(List<Step> steps) {
        return word(steps.getLast().getKind());
    }

    static String word(StepKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
