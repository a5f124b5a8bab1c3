package dev.muster.cli;

import java.util.ArrayList;
import java.util.List;

/// Documents of several files as one body, which remembers where each of its lines came from.
final class Bundle {

    /// A place in a file.
    record Origin(String file, int line) {

        @Override
        public String toString() {
            return file + ":" + line;
        }
    }

    private final StringBuilder text = new StringBuilder();
    private final List<Origin> origins = new ArrayList<>();

    static Bundle of(List<Document> documents) {
        var bundle = new Bundle();
        documents.forEach(bundle::add);
        return bundle;
    }

    String text() {
        return text.toString();
    }

    /// Where line `line` of the body came from; a line beyond the end came from the last one.
    Origin origin(int line) {
        return origins.get(Math.clamp(line - 1L, 0, origins.size() - 1));
    }

    private void add(Document document) {
        if (!document.lines().getFirst().startsWith("---")) {
            append("---", document, 0);
        }
        for (var i = 0; i < document.lines().size(); i++) {
            append(document.lines().get(i), document, i);
        }
    }

    private void append(String line, Document document, int index) {
        text.append(line).append('\n');
        origins.add(new Origin(document.file().toString(), document.firstLine() + index));
    }
}
