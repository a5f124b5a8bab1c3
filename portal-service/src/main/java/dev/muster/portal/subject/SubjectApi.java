package dev.muster.portal.subject;

import dev.muster.portal.paging.Slice;
import dev.muster.portal.subject.Subjects.SubjectView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// `/api/v1/subjects`: what tools talk about.
@RestController
@Tag(name = "Subjects")
class SubjectApi {

    private final Subjects subjects;

    SubjectApi(Subjects subjects) {
        this.subjects = subjects;
    }

    @GetMapping("/api/v1/subjects")
    @Operation(summary = "Subjects that facts were reported about, by name")
    Slice<SubjectView> list(
            @RequestParam(required = false) @Nullable Boolean unclaimed,
            @RequestParam(required = false) @Nullable String sort,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return subjects.list(unclaimed, Subjects.sort(sort), Slice.limit(limit), cursor);
    }
}
