package dev.muster.local;

import dev.muster.local.parts.Child;
import dev.muster.local.parts.Part;
import dev.muster.local.parts.StartFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/// Starts the processes in the order of their needs, as much at once as can be; watches them; starts again those that
/// die; ends all in
/// the opposite order.
///
/// While the platform starts for the first time, a process that dies ends the start: there is something to repair.
/// Later it is started
/// again as [RestartPolicy] says, and the platform ends when that gives up. One thread decides; everything else reports
/// to its queue.
final class Supervisor {

    /// A part, and the names of those that must be ready before it starts.
    record Step(Part part, Set<String> needs) {

        String name() {
            return part.name();
        }
    }

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Duration END_OF_ALL = Duration.ofSeconds(27);
    private static final Duration END_OF_ONE = Duration.ofSeconds(14);
    private static final Duration RESERVE = Duration.ofSeconds(5);

    private sealed interface Event {
        record Ready(String name, Duration after) implements Event {}

        record Failed(String name, String why) implements Event {}

        record Ended(Child child) implements Event {}

        record Again(String name) implements Event {}

        record Stop() implements Event {}
    }

    private final Map<String, Step> steps = new LinkedHashMap<>();
    private final Map<String, Child> children = new HashMap<>();
    private final Set<String> launched = new HashSet<>();
    private final Set<String> ready = new HashSet<>();
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final RestartPolicy restarts = new RestartPolicy();
    private final PidFiles pids;
    private final Terminal terminal;
    private boolean stopping;

    Supervisor(List<Step> steps, PidFiles pids, Terminal terminal) {
        steps.forEach(step -> this.steps.put(step.name(), step));
        this.pids = pids;
        this.terminal = terminal;
    }

    /// Asks [#run(Runnable)] to return. From any thread.
    void stop() {
        events.add(new Event.Stop());
    }

    /// Starts everything, calls `whenReady` once, and stays until it is asked to stop or has to give up.
    /// Ends every process before it returns.
    ///
    /// @return true when it was asked to stop
    boolean run(Runnable whenReady) throws InterruptedException {
        try {
            launchAllowed();
            return watch(whenReady);
        } finally {
            endAll();
        }
    }

    private boolean watch(Runnable whenReady) throws InterruptedException {
        var complete = false;
        while (true) {
            switch (events.take()) {
                case Event.Stop() -> {
                    return true;
                }
                case Event.Ready(var name, var after) -> {
                    terminal.ready(name, after);
                    ready.add(name);
                    launchAllowed();
                    if (!complete && ready.containsAll(steps.keySet())) {
                        complete = true;
                        whenReady.run();
                    }
                }
                case Event.Failed(var name, var why) -> {
                    ready.remove(name);
                    if (!complete || !again(name, why)) {
                        terminal.error("Muster stops, because " + why);
                        return false;
                    }
                }
                case Event.Ended(var child) -> {
                    // Whoever waits for its readiness reports an end before that.
                    if (ready.remove(child.name())) {
                        var why = "%s ended with exit code %d.%n%s"
                                .formatted(child.name(), child.exitCode(), StartFailure.said(child));
                        if (!complete || !again(child.name(), why)) {
                            terminal.error("Muster stops, because " + why);
                            return false;
                        }
                    }
                }
                case Event.Again(var name) -> launch(known(name));
            }
        }
    }

    private boolean again(String name, String why) {
        var pause = restarts.pauseAfterDeath(name, Instant.now());
        if (pause.isEmpty()) {
            return false;
        }
        terminal.error(why);
        terminal.say("%s is started again in %d s.".formatted(name, pause.get().toSeconds()));
        Thread.startVirtualThread(() -> {
            try {
                Thread.sleep(pause.get());
                events.add(new Event.Again(name));
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
        return true;
    }

    private void launchAllowed() {
        for (var step : steps.values()) {
            if (ready.containsAll(step.needs()) && launched.add(step.name())) {
                launch(step);
            }
        }
    }

    private void launch(Step step) {
        Thread.startVirtualThread(() -> {
            var name = step.name();
            var begun = Instant.now();
            Child child = null;
            try {
                child = start(step.part());
                if (child != null) {
                    step.part().awaitReady(child, PATIENCE);
                    step.part().afterStart();
                    events.add(new Event.Ready(name, Duration.between(begun, Instant.now())));
                    events.add(new Event.Ended(child.ended().join()));
                }
            } catch (StartFailure | IOException | UncheckedIOException e) {
                if (child != null) {
                    child.kill();
                }
                var message = e.getMessage();
                events.add(new Event.Failed(name, message == null ? name + " failed: " + e : message));
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private @Nullable Child start(Part part) throws IOException {
        var program = part.program();
        synchronized (children) {
            if (stopping) {
                return null;
            }
            var child = Child.start(program);
            children.put(part.name(), child);
            pids.write(child);
            return child;
        }
    }

    private void endAll() throws InterruptedException {
        var deadline = Instant.now().plus(END_OF_ALL);
        var left = new LinkedHashMap<String, Child>();
        synchronized (children) {
            stopping = true;
            left.putAll(children);
        }
        var waves = waves(left.keySet());
        while (!waves.isEmpty()) {
            var wave = waves.removeFirst();
            var patience = patience(Duration.between(Instant.now(), deadline), waves.size());
            var threads = wave.stream()
                    .map(name -> Thread.startVirtualThread(() -> end(known(left, name), patience)))
                    .toList();
            for (var thread : threads) {
                thread.join();
            }
        }
    }

    /// Who ends together: first those whom nobody needs, then those whom nobody needs any more.
    private List<List<String>> waves(Set<String> names) {
        var waves = new ArrayList<List<String>>();
        var left = new LinkedHashSet<>(names);
        while (!left.isEmpty()) {
            var needed = new HashSet<String>();
            left.forEach(name -> needed.addAll(known(name).needs()));
            var wave = left.stream().filter(name -> !needed.contains(name)).toList();
            waves.add(wave);
            left.removeAll(new HashSet<>(wave));
        }
        return waves;
    }

    /// Those who end later, broker and database among them, get their time in any case.
    private static Duration patience(Duration left, int later) {
        var most = left.minus(RESERVE.multipliedBy(later));
        var patience = most.compareTo(END_OF_ONE) < 0 ? most : END_OF_ONE;
        return patience.isNegative() ? Duration.ZERO : patience;
    }

    private void end(Child child, Duration patience) {
        if (!child.stop(patience)) {
            terminal.say("%s took too long to end and was killed.".formatted(child.name()));
        }
        try {
            pids.remove(child.name());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Step known(String name) {
        return known(steps, name);
    }

    private static <T> T known(Map<String, T> all, String name) {
        var found = all.get(name);
        if (found == null) {
            throw new IllegalArgumentException("no process is named " + name);
        }
        return found;
    }
}
