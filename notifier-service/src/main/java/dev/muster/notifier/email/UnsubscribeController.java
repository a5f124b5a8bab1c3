package dev.muster.notifier.email;

import dev.muster.notifier.pipeline.Members;
import dev.muster.notifier.text.LinkPage;
import dev.muster.service.Caller;
import dev.muster.service.Problem;
import dev.muster.service.ProblemType;
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
        return LinkPage.of("<h1>No more mail from Muster?</h1><p>Nothing is sent to your address any more, whichever"
                + " team it stands for.</p><form method=\"post\"><button name=\"List-Unsubscribe\" value=\"One-Click\">"
                + "Send no more mail</button></form>");
    }

    @PostMapping(value = "/v1/unsubscribe", produces = MediaType.TEXT_HTML_VALUE)
    String end(@RequestParam String t) {
        unsubscribed.add(verified(t));
        return LinkPage.of("<h1>No more mail</h1><p>Ask who runs Muster when you want it again.</p>");
    }

    /// Whether an address wants no mail.
    record Wish(boolean unsubscribed) {}

    @GetMapping("/v1/unsubscribed")
    Wish wish(@RequestParam String address) {
        return new Wish(unsubscribed.has(address));
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
