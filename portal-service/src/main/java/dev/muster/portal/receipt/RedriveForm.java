package dev.muster.portal.receipt;

import dev.muster.portal.acting.Acting;
import dev.muster.portal.acting.Acting.Service;
import dev.muster.portal.acting.Answer;
import dev.muster.portal.acting.Filled;
import dev.muster.portal.page.Done;
import dev.muster.portal.page.Link;
import dev.muster.portal.page.Words;
import dev.muster.portal.paging.Slice;
import dev.muster.service.Caller;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Has the notifier try a message again that failed for good.
@Controller
class RedriveForm {

    private static final String FAILED = "failed";

    private final Acting acting;
    private final Receipts receipts;
    private final Words words;

    RedriveForm(Acting acting, Receipts receipts, Words words) {
        this.acting = acting;
        this.receipts = receipts;
        this.words = words;
    }

    @PostMapping("/messages/{id}/redrive")
    String redrive(
            @PathVariable String id,
            @RequestParam String destination,
            HttpServletResponse response,
            @AuthenticationPrincipal Caller caller,
            Model model) {
        var answer = acting.post(
                Service.NOTIFIER,
                "/v1/notifications/%s/redrive?destination=%s".formatted(words.segment(id), words.segment(destination)),
                null,
                caller);
        if (answer instanceof Answer.Done) {
            return "redirect:" + Done.REDRIVEN.on(Link.to("/messages"));
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        model.addAttribute("state", FAILED);
        model.addAttribute("here", Link.to("/messages").with("state", FAILED));
        model.addAttribute("sort", Receipts.sort(null));
        model.addAttribute("receipts", receipts.list(null, FAILED, Receipts.sort(null), Slice.USUAL, null));
        model.addAttribute("form", new Filled(Map.of(), Map.of(), null).after(answer));
        return "messages";
    }
}
