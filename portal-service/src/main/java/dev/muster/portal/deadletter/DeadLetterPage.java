package dev.muster.portal.deadletter;

import dev.muster.portal.paging.Slice;
import dev.muster.service.Caller;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// `/dead-letters`: what could not be used, why, and how to try it again.
@Controller
class DeadLetterPage {

    private final DeadLetterRows letters;
    private final Replayable replayable;

    DeadLetterPage(DeadLetterRows letters, Replayable replayable) {
        this.letters = letters;
        this.replayable = replayable;
    }

    @GetMapping("/dead-letters")
    String page(
            @RequestParam(required = false) @Nullable String topic,
            @RequestParam(required = false) @Nullable String reason,
            @RequestParam(required = false) @Nullable String sort,
            @RequestParam(required = false) @Nullable String cursor,
            @AuthenticationPrincipal @Nullable Caller caller,
            Model model) {
        var order = DeadLetterRows.sort(sort);
        var found = letters.list(topic, reason, order, Slice.USUAL, cursor);
        var replays = ReplayForms.may(caller);
        model.addAttribute("letters", found);
        model.addAttribute("sort", order);
        model.addAttribute("replays", replays);
        model.addAttribute("orders", replays ? replayable.of(found.items()) : Map.of());
        return "dead-letters";
    }
}
