package dev.muster.cli;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// One document of a file, with its place, so that mistakes can be shown where they are.
///
/// @param kind as it says, empty when it says none
/// @param firstLine of the file, from 1
/// @param lines the text
record Document(Path file, String kind, int firstLine, List<String> lines) {

    private static final Pattern KIND = Pattern.compile("^(?:kind:|\\s*\"kind\"\\s*:)\\s*[\"']?([A-Za-z]+)");
    private static final Pattern API_VERSION = Pattern.compile("^(?:apiVersion:|\\s*\"apiVersion\"\\s*:).*");

    boolean scorecard() {
        return kind.equals("Scorecard");
    }

    boolean initiative() {
        return kind.equals("Initiative");
    }

    /// Whether it is neither, and so for the catalogue.
    boolean descriptor() {
        return !scorecard() && !initiative();
    }

    /// All documents of some files and folders.
    static List<Document> in(List<Path> paths) {
        var documents = new ArrayList<Document>();
        paths.forEach(path -> documents.addAll(in(path)));
        if (documents.isEmpty()) {
            throw Failure.usage("there is nothing to apply in " + paths);
        }
        return documents;
    }

    /// The documents of a file, or of the YAML and JSON files that lie directly in a folder, by name. A file
    /// of a folder that holds something else than descriptors, scorecards and initiatives is passed over;
    /// one that was named is not.
    static List<Document> in(Path path) {
        if (!Files.exists(path)) {
            throw Failure.usage("there is no file or folder " + path);
        }
        try {
            if (!Files.isDirectory(path)) {
                return read(path);
            }
            var documents = new ArrayList<Document>();
            try (var files = Files.list(path)) {
                for (var file : files.filter(Document::readable).sorted().toList()) {
                    var read = read(file);
                    if (read.stream().anyMatch(document -> !document.kind().isEmpty())) {
                        documents.addAll(read);
                    }
                }
            }
            return documents;
        } catch (MalformedInputException _) {
            throw Failure.usage(path + " is not text in UTF-8");
        } catch (IOException e) {
            throw Failure.usage("cannot read " + path + ": " + e.getMessage());
        }
    }

    private static boolean readable(Path file) {
        var name = file.getFileName().toString();
        return Files.isRegularFile(file) && (name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json"));
    }

    private static List<Document> read(Path file) throws IOException {
        var documents = new ArrayList<Document>();
        var lines = Files.readAllLines(file);
        var from = 0;
        for (var i = 0; i <= lines.size(); i++) {
            if (i == lines.size() || (lines.get(i).startsWith("---") && i > from)) {
                add(documents, file, from, lines.subList(from, i));
                from = i;
            }
        }
        return documents;
    }

    private static void add(List<Document> documents, Path file, int from, List<String> lines) {
        var empty = lines.stream()
                .allMatch(line -> line.isBlank()
                        || line.strip().equals("---")
                        || line.stripLeading().startsWith("#"));
        if (!empty) {
            documents.add(new Document(file, kind(lines), from + 1, List.copyOf(lines)));
        }
    }

    private static String kind(List<String> lines) {
        if (lines.stream().noneMatch(line -> API_VERSION.matcher(line).matches())) {
            return "";
        }
        return lines.stream()
                .map(KIND::matcher)
                .filter(java.util.regex.Matcher::find)
                .map(found -> found.group(1))
                .findFirst()
                .orElse("");
    }
}
