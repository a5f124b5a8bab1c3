package dev.muster.notifier.email;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.notifier.pipeline.Members;
import dev.muster.notifier.text.LinkPage;
import dev.muster.notifier.text.Text;
import dev.muster.service.Caller;
import dev.muster.service.Problem;
import dev.muster.service.ProblemType;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Ends mail to an address with one click (RFC 8058). To look at the page changes nothing, because scanners of mail
/// follow every link; only the POST does. Both need no token: the link is signed.
@RestController
class UnsubscribeController {

    private static final int LONGEST_REASON = 1_000;

    private final EmailSettings settings;
    private final Unsubscribed unsubscribed;
    private final Members members;

    UnsubscribeController(EmailSettings settings, Unsubscribed unsubscribed, Members members) {
        this.settings = settings;
        this.unsubscribed = unsubscribed;
        this.members = members;
    }

    @GetMapping(value = "/v1/unsubscribe", produces = MediaType.TEXT_HTML_VALUE)
    String ask(@RequestParam String t) {
        verified(t);
        return LinkPage.of("""
                <h1>No more mail from Muster?</h1><p>Nothing is sent to your address, whichever team it stands for.</p>
                <form method="post"><p><label>For how long? <select name="lasting"><option value="">for good</option>
                <option value="MONTH">30 days</option><option value="QUARTER">90 days</option></select></label></p>
                <p><label>Why? Your team can read it. <input name="reason" maxlength="%d" style="width:100%%"></label></p>
                <button>Send no more mail</button></form>""".formatted(LONGEST_REASON));
    }

    /// How long there is no mail where it is not for good.
    enum Lasting {
        MONTH(Duration.ofDays(30)),
        QUARTER(Duration.ofDays(90));

        private final Duration span;

        Lasting(Duration span) {
            this.span = span;
        }
    }

    /// By the page, or by a mail program that says nothing but `List-Unsubscribe=One-Click`: for good then, and
    /// without a reason.
    @PostMapping(value = "/v1/unsubscribe", produces = MediaType.TEXT_HTML_VALUE)
    String end(
            @RequestParam String t,
            @RequestParam(required = false) @Nullable Lasting lasting,
            @RequestParam(defaultValue = "") String reason) {
        unsubscribed.add(verified(t), lasting == null ? null : lasting.span, Text.line(reason, LONGEST_REASON));
        return LinkPage.of(
                """
                <h1>No more mail</h1><p>%s Your team can have it sent again on its page of preferences.</p>""".formatted(lasting == null ? "" : "It comes again in %d days.".formatted(lasting.span.toDays())));
    }

    /// Whether an address wants no mail.
    ///
    /// @param until null for good, and where it wants mail
    /// @param reason null when none was given
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Wish(
            boolean unsubscribed,
            @Nullable Instant until,
            @Nullable String reason) {}

    @GetMapping("/v1/unsubscribed")
    Wish wish(@RequestParam String address) {
        return unsubscribed
                .wish(address)
                .map(it -> new Wish(true, it.until(), it.reason().isEmpty() ? null : it.reason()))
                .orElse(new Wish(false, null, null));
    }

    /// Sends mail to `address` again. It takes a member of a team that has the address, or an admin.
    @DeleteMapping("/v1/unsubscribed")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void again(@RequestParam String address, @AuthenticationPrincipal Caller caller) {
        members.ownsAddress(address, caller);
        if (!unsubscribed.remove(address, caller.name())) {
            throw Problem.of(ProblemType.NOT_FOUND, "The address is not unsubscribed.")
                    .asException();
        }
    }

    private String verified(String token) {
        var links = settings.unsubscribing();
        return (links == null ? java.util.Optional.<String>empty() : links.verified(token))
                .orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND, "The link is not one of ours.")
                        .asException());
    }
}
