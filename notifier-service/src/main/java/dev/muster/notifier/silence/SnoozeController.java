package dev.muster.notifier.silence;

import static org.springframework.web.util.HtmlUtils.htmlEscape;

import dev.muster.notifier.silence.SnoozeLinks.Read;
import dev.muster.notifier.silence.SnoozeLinks.Span;
import dev.muster.notifier.silence.Snoozing.Matter;
import dev.muster.notifier.silence.Snoozing.Told;
import dev.muster.notifier.text.LinkPage;
import dev.muster.notifier.text.Text;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Snoozes what a message told. To look at the page changes nothing, because scanners of mail and previews of chats
/// follow every link; only the POST does. Both need no token: the link is signed.
@RestController
class SnoozeController {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);
    private static final int LONGEST_REASON = 1_000;
    private static final int SHORTEST_REASON = 3;
    private static final int SHOWN = 20;

    private final SnoozeLinks links;
    private final Snoozing snoozing;
    private final InstantSource clock;

    SnoozeController(SnoozeLinks links, Snoozing snoozing, InstantSource clock) {
        this.links = links;
        this.snoozing = snoozing;
        this.clock = clock;
    }

    private interface Then {
        ResponseEntity<String> with(long delivery, Span span, Told told, Instant now);
    }

    @GetMapping(value = "/v1/snooze", produces = MediaType.TEXT_HTML_VALUE)
    ResponseEntity<String> ask(@RequestParam String t) {
        return read(
                t,
                (_, span, told, now) -> page(HttpStatus.OK, """
                <h1>Snooze this for %s?</h1><p><strong>%s</strong></p>%s
                <p>Further regressions of these rules there wait until %s; what is still so then is told. Recoveries, and \
                everything else, are told as ever.</p>
                <form method="post"><p><label>Why? <input name="reason" maxlength="%d" style="width:100%%"></label></p>
                <button>Snooze for %s</button></form>""".formatted(
                                span.words(),
                                htmlEscape(told.headline()),
                                list(told.matters()),
                                TIME.format(snoozing.end(span, now)),
                                LONGEST_REASON,
                                span.words())));
    }

    @PostMapping(value = "/v1/snooze", produces = MediaType.TEXT_HTML_VALUE)
    ResponseEntity<String> snooze(@RequestParam String t, @RequestParam(defaultValue = "") String reason) {
        return read(t, (delivery, span, told, now) -> {
            var made = snoozing.snooze(delivery, told, span, reason(reason, span), now);
            return page(HttpStatus.OK, """
                    <h1>Snoozed until %s</h1>%s<p>Whoever may silence it can end that before: %s</p>""".formatted(
                            TIME.format(snoozing.end(span, now)),
                            list(told.matters()),
                            made.stream()
                                    .limit(SHOWN)
                                    .map(it -> "<code>./muster silence end " + it.id() + "</code>")
                                    .collect(Collectors.joining(", "))));
        });
    }

    private static String reason(String given, Span span) {
        var reason = Text.line(given, LONGEST_REASON);
        return reason.length() < SHORTEST_REASON
                ? "Snoozed for %s by the link in a message".formatted(span.words())
                : reason;
    }

    private ResponseEntity<String> read(String token, Then then) {
        var now = clock.instant();
        return switch (links.read(token, now)) {
            case Read.Good(var delivery, var span) ->
                snoozing.told(delivery)
                        .filter(it -> !it.matters().isEmpty())
                        .map(it -> then.with(delivery, span, it, now))
                        .orElseGet(() -> page(HttpStatus.GONE, """
                                <h1>Nothing left to snooze</h1><p>Muster does not remember this message any more.</p>"""));
            case Read.Expired(var since) -> page(HttpStatus.GONE, """
                        <h1>This link has expired</h1><p>It worked until %s. Take the link of a newer message, or \
                        <code>./muster silence create</code>.</p>""".formatted(TIME.format(since)));
            case Read.Foreign() -> page(HttpStatus.NOT_FOUND, """
                        <h1>This is none of our links</h1><p>Nothing was changed. It may have been cut off: open it from the \
                        message again, as a whole.</p>""");
        };
    }

    private static String list(List<Matter> matters) {
        var items = matters.stream()
                .limit(SHOWN)
                .map(it -> "<li>%s on %s%s</li>"
                        .formatted(
                                htmlEscape(it.entity()),
                                htmlEscape(it.scorecard()),
                                it.rules().isEmpty() ? "" : ": " + htmlEscape(String.join(", ", it.rules()))))
                .collect(Collectors.joining());
        var more = matters.size() - SHOWN;
        return "<ul>%s%s</ul>".formatted(items, more > 0 ? "<li>and %d more</li>".formatted(more) : "");
    }

    private static ResponseEntity<String> page(HttpStatus status, String html) {
        return ResponseEntity.status(status)
                .cacheControl(CacheControl.noStore())
                .contentType(MediaType.parseMediaType("text/html;charset=UTF-8"))
                .body(LinkPage.of(html));
    }
}
