package dev.muster.local.caught;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The caught messages to Slack, one file each. The oldest go when there are too many.
final class SlackFolder {

    private static final int KEPT = 1_000;
    private static final String ENDING = ".json";

    /// One message.
    ///
    /// @param ts Slack's name of a message within its channel, which is a time
    /// @param json as it was sent
    record SlackMessage(String ts, String json) {}

    private final Path folder;
    private final List<SlackMessage> messages = new ArrayList<>();
    private long last;

    SlackFolder(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        try (var files = Files.list(folder)) {
            for (var file : files.filter(file -> file.toString().endsWith(ENDING))
                    .sorted()
                    .toList()) {
                messages.add(
                        new SlackMessage(file.getFileName().toString().replace(ENDING, ""), Files.readString(file)));
            }
        }
    }

    /// Keeps a message and gives it its name.
    synchronized SlackMessage keep(String json, Instant now) {
        last = Math.max(last + 1, now.toEpochMilli());
        var message = new SlackMessage("%d.%06d".formatted(last / 1_000, last % 1_000 * 1_000), json);
        try {
            Files.writeString(file(message), json);
            messages.add(message);
            while (messages.size() > KEPT) {
                Files.deleteIfExists(file(messages.removeFirst()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return message;
    }

    /// Puts another text in the place of a message. False when there is none of that name, or no longer.
    synchronized boolean change(String ts, String json) {
        for (var at = 0; at < messages.size(); at++) {
            if (messages.get(at).ts().equals(ts)) {
                var changed = new SlackMessage(ts, json);
                try {
                    Files.writeString(file(changed), json);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                messages.set(at, changed);
                return true;
            }
        }
        return false;
    }

    /// Oldest first, as in a channel.
    synchronized List<SlackMessage> all() {
        return List.copyOf(messages);
    }

    private Path file(SlackMessage message) {
        return folder.resolve(message.ts() + ENDING);
    }
}
