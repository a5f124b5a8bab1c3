package dev.muster.portal.receipt;

import dev.muster.portal.acting.Acting;
import dev.muster.portal.acting.Acting.Service;
import dev.muster.portal.acting.Answer;
import dev.muster.portal.acting.Filled;
import dev.muster.portal.acting.Json;
import dev.muster.portal.page.Words;
import dev.muster.service.Caller;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// `/messages/waiting`: what has not arrived yet, why, and until when. For those who have a role: the
/// notifier is asked in their name.
@Controller
class WaitingPage {

    private final Acting acting;
    private final Words words;

    WaitingPage(Acting acting, Words words) {
        this.acting = acting;
        this.words = words;
    }

    @GetMapping("/messages/waiting")
    String page(
            @RequestParam(required = false) @Nullable String entity,
            @RequestParam(required = false) @Nullable String owner,
            @RequestParam(required = false) @Nullable String cursor,
            @AuthenticationPrincipal Caller caller,
            Model model) {
        var path = new StringBuilder("/api/v1/notifications?state=GATHERING,READY");
        add(path, "entity", entity);
        add(path, "owner", owner);
        add(path, "before", cursor);
        var answer = acting.get(Service.NOTIFIER, path.toString(), caller);
        model.addAttribute("entity", entity);
        model.addAttribute("owner", owner);
        model.addAttribute("form", new Filled(Map.of(), Map.of(), null).after(answer));
        if (answer instanceof Answer.Done(var body)) {
            model.addAttribute("waiting", List.of(Json.read(body.path("notifications"), WaitingView[].class)));
            model.addAttribute(
                    "next", body.path("next").isString() ? body.path("next").asString() : null);
        }
        return "messages-waiting";
    }

    private void add(StringBuilder path, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            path.append('&').append(name).append('=').append(words.segment(value));
        }
    }
}
