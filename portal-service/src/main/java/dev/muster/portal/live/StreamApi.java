package dev.muster.portal.live;

import dev.muster.portal.live.Listeners.Listener;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/// `/api/v1/stream`: server-sent events for what has just been committed.
///
/// A client that was away does not get what it missed; it reads the lists again when the stream is open.
@RestController
@Tag(name = "Stream")
class StreamApi implements SmartLifecycle {

    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final Duration RECONNECT = Duration.ofSeconds(2);

    private final Listeners listeners;
    private final Set<SseEmitter> open = ConcurrentHashMap.newKeySet();
    private volatile boolean running;

    StreamApi(Listeners listeners) {
        this.listeners = listeners;
    }

    @GetMapping(
            path = {"/api/v1/stream", "/stream"},
            produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Operation(summary = "Server-sent events as they are committed", description = """
                    Events result, transition, entity, scorecard, initiative and receipt; with `events` those that it names, \
                    among which may be delivery, connection, subject and deadLetter: these come in numbers, and are told \
                    once a batch with the connection or the topic that they belong to. With `entity`, of those about an \
                    entity only those about this one. The event refresh always comes, when more happened than is worth \
                    telling: read again what you show.""")
    @ApiResponse(responseCode = "200", description = "The stream")
    @ApiResponse(
            responseCode = "503",
            description =
                    "As many streams are open as muster.portal.streams allows; Retry-After says when to try again",
            content = @Content)
    SseEmitter stream(
            @RequestParam Optional<String> entity, @RequestParam(required = false) @Nullable Set<Kind> events) {
        var emitter = new SseEmitter(0L);
        var listener = listeners.add(
                entity.filter(ref -> !ref.isBlank()).map(ref -> ref.toLowerCase(Locale.ROOT)),
                events == null || events.isEmpty() ? Kind.USUAL : events);
        open.add(emitter);
        Thread.ofVirtual().name("stream").start(() -> write(emitter, listener));
        return emitter;
    }

    private void write(SseEmitter emitter, Listener listener) {
        try {
            emitter.send(SseEmitter.event().comment("open").reconnectTime(RECONNECT.toMillis()));
            while (open.contains(emitter)) {
                var told = listener.next(HEARTBEAT);
                emitter.send(
                        told == null
                                ? SseEmitter.event().comment("still here")
                                : SseEmitter.event().name(told.type()).data(told.data()));
            }
        } catch (IOException | IllegalStateException _) {
            // The client went away; it opens another stream when it wants one.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(emitter);
            listeners.remove(listener);
            emitter.complete(); // or a client that is still there would wait for nothing in place of opening another
            // one
        }
    }

    @Override
    public void start() {
        running = true;
    }

    /// Ends the streams before the web server waits for requests that are under way, which these always are.
    @Override
    public void stop() {
        running = false;
        open.forEach(SseEmitter::complete);
        open.clear();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
