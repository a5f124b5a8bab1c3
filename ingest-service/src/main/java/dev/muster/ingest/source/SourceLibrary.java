package dev.muster.ingest.source;

import dev.muster.engine.definition.DefinitionException;
import dev.muster.engine.definition.Mistake;
import dev.muster.engine.fact.FactCatalogue;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The definitions in use: those that ship, and before them those of a mounted folder.
///
/// **Promises.** At the start a mistake stops it. From then on a file with a mistake, and one that is gone,
/// leaves in use what was in use: a definition is replaced by one without mistakes or not at all. One that
/// replaced a shipped definition gives way to it again when its file is gone.
public final class SourceLibrary implements Sources {

    private final SourceReader reader;
    private final Sources shipped;
    private final @Nullable Path folder;
    private final InstantSource clock;
    private volatile State state = new State(new TreeMap<>(), new TreeMap<>());

    private record State(SortedMap<String, MountedSource> files, SequencedMap<String, SourceDefinition> byName) {}

    /// What a look at the folder found.
    ///
    /// @param changed files that were read anew, found to be wrong or gone; empty when nothing happened
    public record Reload(List<MountedSource> changed) {}

    private SourceLibrary(FactCatalogue facts, Sources shipped, @Nullable Path folder, InstantSource clock) {
        this.reader = new SourceReader(facts);
        this.shipped = shipped;
        this.folder = folder;
        this.clock = clock;
    }

    /// Reads everything.
    ///
    /// @param folder with more definitions, or null
    /// @throws DefinitionException with all mistakes of all files
    public static SourceLibrary open(FactCatalogue facts, @Nullable Path folder, InstantSource clock)
            throws IOException, DefinitionException {
        var library = new SourceLibrary(facts, SourceFolders.shipped(facts), folder, clock);
        var mistakes = new ArrayList<Mistake>();
        library.reload().changed().forEach(file -> mistakes.addAll(file.mistakes()));
        if (!mistakes.isEmpty()) {
            throw new DefinitionException(mistakes);
        }
        return library;
    }

    /// Looks at the folder again.
    ///
    /// @throws IOException when it cannot be read; what is in use stays
    public synchronized Reload reload() throws IOException {
        var texts = folder == null ? new TreeMap<String, String>() : SourceFolders.mounted(folder);
        var before = state.files();
        var after = new TreeMap<String, MountedSource>();
        var changed = new ArrayList<MountedSource>();
        var owners = new HashMap<String, String>();
        texts.forEach((file, text) -> after.put(file, newest(file, text, before.get(file), owners)));
        before.forEach((file, known) -> {
            if (!texts.containsKey(file) && isStillNeeded(known, owners)) {
                after.put(file, known.text() == null ? known : known.gone());
            }
        });
        after.forEach((file, now) -> {
            if (!now.equals(before.get(file))) {
                changed.add(now);
            }
        });
        before.forEach((file, known) -> {
            if (!after.containsKey(file)) {
                changed.add(known.gone());
            }
        });
        if (!changed.isEmpty() || state.byName().isEmpty()) {
            state = new State(after, byName(after.values()));
        }
        return new Reload(List.copyOf(changed));
    }

    /// The newest version of a file; the same object when nothing changed.
    private MountedSource newest(String file, String text, @Nullable MountedSource before, Map<String, String> owners) {
        var known = before == null ? new MountedSource(file, null, null, clock.instant(), List.of()) : before;
        if (text.equals(known.text()) && !known.isRefused() && known.inUse() != null) {
            owners.put(known.inUse().name(), file);
            return known;
        }
        try {
            var read = reader.read(file, text);
            var owner = owners.putIfAbsent(read.name(), file);
            if (owner != null) {
                var message = "the name '" + read.name() + "' is that of " + owner + ", too";
                return known.refused(text, List.of(new Mistake(file, 1, 1, "metadata.name", message)));
            }
            return known.accepted(text, read, clock.instant());
        } catch (DefinitionException wrong) {
            Optional.ofNullable(known.inUse()).ifPresent(used -> owners.putIfAbsent(used.name(), file));
            return known.refused(text, wrong.mistakes());
        }
    }

    private boolean isStillNeeded(MountedSource gone, Map<String, String> owners) {
        return gone.inUse() != null
                && !owners.containsKey(gone.inUse().name())
                && shipped.find(gone.inUse().name()).isEmpty();
    }

    private SequencedMap<String, SourceDefinition> byName(Collection<MountedSource> files) {
        var byName = new TreeMap<String, SourceDefinition>();
        shipped.all().forEach(definition -> byName.put(definition.name(), definition));
        files.stream()
                .flatMap(file -> Optional.ofNullable(file.inUse()).stream())
                .forEach(definition -> byName.put(definition.name(), definition));
        return byName;
    }

    @Override
    public Optional<SourceDefinition> find(String name) {
        return Optional.ofNullable(state.byName().get(name));
    }

    @Override
    public Collection<SourceDefinition> all() {
        return state.byName().values();
    }

    /// The files of the mounted folder, in the order of their paths.
    public Collection<MountedSource> mounted() {
        return state.files().values();
    }
}
