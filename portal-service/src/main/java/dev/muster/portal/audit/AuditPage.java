package dev.muster.portal.audit;

import dev.muster.portal.audit.AuditLog.AuditView;
import dev.muster.portal.audit.AuditLog.Filter;
import dev.muster.portal.paging.Slice;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/// `/audit` and `/api/v1/audit`: who did what. For those who have a role, also where everybody may read the rest.
@Controller
@Tag(name = "Audit log")
class AuditPage {

    private final AuditLog log;

    AuditPage(AuditLog log) {
        this.log = log;
    }

    @GetMapping("/api/v1/audit")
    @ResponseBody
    @Operation(
            summary = "What people changed, the newest first unless sort says otherwise",
            description = "Declarations, attestations, exemptions and what was done to the portal. Needs a role.")
    Slice<AuditView> list(
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(required = false) @Nullable String kind,
            @RequestParam(required = false) @Nullable String about,
            @RequestParam(required = false) @Nullable String sort,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return log.list(new Filter(actor, kind, about), AuditLog.sort(sort), Slice.limit(limit), cursor);
    }

    @GetMapping("/audit")
    String page(
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(required = false) @Nullable String kind,
            @RequestParam(required = false) @Nullable String about,
            @RequestParam(required = false) @Nullable String sort,
            @RequestParam(required = false) @Nullable String cursor,
            Model model) {
        var order = AuditLog.sort(sort);
        var filter = new Filter(actor, kind, about);
        model.addAttribute("filter", filter);
        model.addAttribute("sort", order);
        model.addAttribute("slice", log.list(filter, order, Slice.USUAL, cursor));
        return "audit";
    }
}
