package dev.muster.ingest.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.engine.definition.DefinitionException;
import dev.muster.engine.definition.Mistake;
import dev.muster.engine.fact.FactCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/// Finds source definitions: those in the jar under `sources/`, and those of a mounted folder, one folder a
/// source with its `source.yaml`.
public final class SourceFolders {

    private static final int MAX_BYTES = 1 << 20;

    private static @Nullable Shipped lately;

    private SourceFolders() {}

    private record Shipped(FactCatalogue facts, Sources sources) {}

    /// The definitions that ship; read once for a catalogue.
    ///
    /// @throws DefinitionException with all mistakes of all files
    @SuppressWarnings("ReferenceEquality") // a catalogue never changes
    public static synchronized Sources shipped(FactCatalogue facts) throws IOException, DefinitionException {
        if (lately == null || lately.facts != facts) {
            lately = new Shipped(facts, Sources.of(read(new SourceReader(facts), shippedFiles())));
        }
        return lately.sources;
    }

    private static List<SourceDefinition> read(SourceReader reader, Map<String, String> files)
            throws DefinitionException {
        var definitions = new ArrayList<SourceDefinition>();
        var mistakes = new ArrayList<Mistake>();
        for (var file : files.entrySet()) {
            try {
                definitions.add(reader.read(file.getKey(), file.getValue()));
            } catch (DefinitionException wrong) {
                mistakes.addAll(wrong.mistakes());
            }
        }
        if (!mistakes.isEmpty()) {
            throw new DefinitionException(mistakes);
        }
        return definitions;
    }

    private static Map<String, String> shippedFiles() throws IOException {
        var files = new TreeMap<String, String>();
        for (var resource :
                new PathMatchingResourcePatternResolver().getResources("classpath*:/sources/*/source.yaml")) {
            var url = resource.getURL().toString();
            files.put(url.substring(url.lastIndexOf("sources/")), resource.getContentAsString(UTF_8));
        }
        return files;
    }

    /// The texts of a mounted folder, by path. Folders whose name begins with a dot are passed over: a
    /// volume of Kubernetes has such ones.
    static SortedMap<String, String> mounted(Path folder) throws IOException {
        var files = new TreeMap<String, String>();
        List<Path> sources;
        try (var children = Files.list(folder)) {
            sources = children.filter(child -> !child.getFileName().toString().startsWith("."))
                    .map(child -> child.resolve("source.yaml"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
        for (var source : sources) {
            if (Files.size(source) > MAX_BYTES) {
                throw new IOException(source + " has more than " + MAX_BYTES + " bytes");
            }
            files.put(source.toString(), Files.readString(source));
        }
        return files;
    }
}
