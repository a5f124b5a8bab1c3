package dev.muster.portal.deadletter;

import dev.muster.portal.acting.Acting;
import dev.muster.portal.acting.Acting.Service;
import dev.muster.portal.acting.Answer;
import dev.muster.portal.acting.Filled;
import dev.muster.portal.acting.Json;
import dev.muster.portal.page.Words;
import dev.muster.service.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/// `/dead-letters/replay`: has ingest map deliveries again, and tells how far it is.
@Controller
class ReplayForms {

    private static final String DUTY = "platform";
    private static final List<String> FIELDS = List.of("connection", "since", "until", "dryRun");

    private final Acting acting;
    private final Words words;

    ReplayForms(Acting acting, Words words) {
        this.acting = acting;
        this.words = words;
    }

    /// A replay as ingest tells it.
    ///
    /// @param state running, done, failed or stopped
    record ReplayView(
            String id,
            String connection,
            Instant since,
            Instant until,
            boolean dryRun,
            String by,
            String state,
            @Nullable String reason,
            long read,
            long of,
            long deliveries,
            long facts,
            long unmapped,
            long failures) {

        public boolean isRunning() {
            return state.equals("running");
        }
    }

    /// Whether to offer it: ingest decides.
    static boolean may(@Nullable Caller caller) {
        return caller != null
                && (caller.isAdmin() || (caller.isEditor() && caller.duties().contains(DUTY)));
    }

    @GetMapping("/dead-letters/replay")
    String ask(HttpServletRequest request, Model model) {
        model.addAttribute("form", Filled.of(request, FIELDS));
        return "replay-new";
    }

    @PostMapping("/dead-letters/replay")
    String begin(
            HttpServletRequest request,
            HttpServletResponse response,
            @AuthenticationPrincipal Caller caller,
            Model model) {
        var form = Filled.of(request, FIELDS);
        var body = new LinkedHashMap<String, Object>(Map.of("connection", form.value("connection")));
        for (var time : List.of("since", "until")) {
            if (!form.value(time).isEmpty()) {
                body.put(time, form.value(time));
            }
        }
        body.put("dryRun", form.value("dryRun").equals("true"));
        var answer = acting.post(Service.INGEST, "/v1/replays", body, caller);
        if (answer instanceof Answer.Done(var begun)) {
            return "redirect:/dead-letters/replays/"
                    + words.segment(begun.path("id").asString());
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        model.addAttribute("form", form.after(answer));
        return "replay-new";
    }

    @GetMapping("/dead-letters/replays/{id}")
    String replay(@PathVariable String id, @AuthenticationPrincipal Caller caller, Model model) {
        var answer = acting.get(Service.INGEST, "/v1/replays/" + words.segment(id), caller);
        model.addAttribute(
                "replay", answer instanceof Answer.Done(var body) ? Json.read(body, ReplayView.class) : null);
        model.addAttribute("form", new Filled(Map.of(), Map.of(), null).after(answer));
        return "replay";
    }
}
