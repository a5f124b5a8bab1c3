package dev.muster.notifier.template;

import com.samskivert.mustache.MustacheException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The templates in use: files of a folder, and those that ship for what has none there.
///
/// **Promises.** A message is never lost for its template: what one of the folder cannot make, the one that
/// ships makes.
public final class Templates {

    private static final Logger LOG = LoggerFactory.getLogger(Templates.class);
    private static final String END = ".mustache";

    /// Folders below each other.
    private static final int DEPTH = 3;

    private final @Nullable Path folder;
    private final List<Layout> layouts;
    private final Map<String, LogicLess> shipped = new ConcurrentHashMap<>();
    private Map<String, String> seen;
    private volatile State state;

    /// @param own by the name of the layout
    /// @param mistakes what is wrong with newer files; null when they are in use
    private record State(
            Map<String, LogicLess> own, @Nullable String mistakes) {}

    /// @param folder null for none
    /// @throws IllegalArgumentException with every file that has a mistake, by line
    public Templates(@Nullable Path folder, List<Layout> layouts) {
        this.folder = folder;
        this.layouts = List.copyOf(layouts);
        try {
            seen = files();
        } catch (IOException | UncheckedIOException e) {
            throw new IllegalArgumentException(
                    "muster.notifier.templates cannot be read: %s (%s)"
                            .formatted(folder, e.getClass().getSimpleName()),
                    e);
        }
        this.state = new State(read(seen), null);
    }

    /// Those that ship.
    public static Templates shipped() {
        return new Templates(null, List.of());
    }

    /// What the template of `layout` makes of `context`.
    public String render(Layout layout, Map<String, Object> context) {
        var own = state.own().get(layout.name());
        if (own != null) {
            try {
                return own.execute(context);
            } catch (MustacheException e) {
                LOG.error("{} cannot make a message, which is made by the template that ships", layout.file(), e);
            }
        }
        return shipped.computeIfAbsent(layout.name(), _ -> layout.shipped()).execute(context);
    }

    /// Takes the files over when they changed. When one has a mistake all stay as they were. Whether they
    /// were looked into.
    public synchronized boolean look() {
        Map<String, String> files;
        try {
            files = files();
        } catch (IOException | UncheckedIOException _) {
            return false; // what is being replaced is waited for
        }
        if (files.equals(seen)) {
            return false;
        }
        seen = files;
        try {
            state = new State(read(files), null);
            LOG.info("The templates changed: {}", files.keySet());
        } catch (IllegalArgumentException wrong) {
            state = new State(state.own(), wrong.getMessage());
            LOG.error("The templates stay as they were: {}", wrong.getMessage());
        }
        return true;
    }

    /// What is wrong with the files as they are now; empty when they are in use.
    public Optional<String> mistakes() {
        return Optional.ofNullable(state.mistakes());
    }

    /// Texts by path below the folder.
    private Map<String, String> files() throws IOException {
        var texts = new TreeMap<String, String>();
        if (folder != null) {
            try (var all =
                    Files.find(folder, DEPTH, (path, it) -> path.toString().endsWith(END) && !it.isDirectory())) {
                for (var path : all.toList()) {
                    texts.put(folder.relativize(path).toString().replace('\\', '/'), Files.readString(path));
                }
            }
        }
        return texts;
    }

    private Map<String, LogicLess> read(Map<String, String> files) {
        var own = new HashMap<String, LogicLess>();
        var mistakes = new ArrayList<String>();
        files.forEach((file, text) -> {
            var layout = layouts.stream().filter(it -> it.file().equals(file)).findFirst();
            if (layout.isEmpty()) {
                mistakes.add("%s: no message is made with it; there are %s"
                        .formatted(
                                place(file), layouts.stream().map(Layout::file).collect(Collectors.joining(", "))));
                return;
            }
            try {
                own.put(layout.get().name(), layout.get().read(text));
            } catch (TemplateException e) {
                mistakes.add("%s:%d: %s"
                        .formatted(place(file), e.mistake().line(), e.mistake().message()));
            }
        });
        if (!mistakes.isEmpty()) {
            throw new IllegalArgumentException(
                    "muster.notifier.templates has mistakes:\n" + String.join("\n", mistakes));
        }
        return Map.copyOf(own);
    }

    private String place(String file) {
        return folder == null ? file : folder.resolve(file).toString();
    }
}
