package dev.muster.portal.receipt;

import dev.muster.portal.paging.Slice;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// `/messages`: who was told what, and why somebody was not.
@Controller
class ReceiptPage {

    private final Receipts receipts;

    ReceiptPage(Receipts receipts) {
        this.receipts = receipts;
    }

    @GetMapping("/messages")
    String page(
            @RequestParam(required = false) @Nullable String entity,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String sort,
            @RequestParam(required = false) @Nullable String cursor,
            Model model) {
        model.addAttribute("state", state);
        model.addAttribute("entity", entity);
        model.addAttribute("sort", Receipts.sort(sort));
        model.addAttribute("receipts", receipts.list(entity, state, Receipts.sort(sort), Slice.USUAL, cursor));
        return "messages";
    }
}
