package dev.muster.portal.subject;

import dev.muster.portal.paging.Slice;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// `/subjects`: what tools talk about, and what to write so that it counts for somebody.
@Controller
class SubjectPage {

    private final Subjects subjects;

    SubjectPage(Subjects subjects) {
        this.subjects = subjects;
    }

    @GetMapping("/subjects")
    String page(
            @RequestParam(defaultValue = "true") String unclaimed,
            @RequestParam(required = false) @Nullable String sort,
            @RequestParam(required = false) @Nullable String cursor,
            Model model) {
        var wanted = unclaimed.equals("all") ? null : Boolean.valueOf(unclaimed);
        model.addAttribute("unclaimed", unclaimed);
        model.addAttribute("sort", Subjects.sort(sort));
        model.addAttribute("count", subjects.countUnclaimed());
        model.addAttribute("subjects", subjects.list(wanted, Subjects.sort(sort), Slice.USUAL, cursor));
        return "subjects";
    }
}
