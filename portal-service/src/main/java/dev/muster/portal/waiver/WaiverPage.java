package dev.muster.portal.waiver;

import dev.muster.portal.paging.Slice;
import dev.muster.portal.waiver.Waivers.Which;
import dev.muster.service.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/// `/exemptions` and `/api/v1/exemptions`: what waits for a decision, what counts now, and what ended.
@Controller
@Tag(name = "Exemptions and attestations")
class WaiverPage {

    private final Waivers waivers;

    WaiverPage(Waivers waivers) {
        this.waivers = waivers;
    }

    @GetMapping("/exemptions")
    String page(
            @RequestParam(defaultValue = "open") Which show,
            @RequestParam(required = false) @Nullable String kind,
            @RequestParam(required = false) @Nullable String sort,
            @RequestParam(required = false) @Nullable String cursor,
            @AuthenticationPrincipal @Nullable Caller caller,
            Model model) {
        model.addAttribute("may", new May(caller));
        model.addAttribute("show", show);
        model.addAttribute("kind", kind);
        model.addAttribute("sort", Waivers.sort(sort));
        model.addAttribute("open", waivers.countOpen());
        model.addAttribute("waivers", waivers.list(show, kind, Waivers.sort(sort), Slice.USUAL, cursor));
        return "exemptions";
    }

    @GetMapping("/api/v1/exemptions")
    @ResponseBody
    @Operation(summary = "Exemptions and attestations as they stand, the newest first")
    Slice<WaiverView> list(
            @RequestParam(defaultValue = "all") Which show,
            @RequestParam(required = false) @Nullable String kind,
            @RequestParam(required = false) @Nullable String sort,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return waivers.list(show, kind, Waivers.sort(sort), Slice.limit(limit), cursor);
    }
}
