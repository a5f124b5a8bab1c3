package dev.muster.ingest.source;

import java.nio.file.Path;

/// Both what it sends and what people export: the notifications lie beside the reports of scanners.
class DependencyTrackSourceTest extends SourceKit {

    DependencyTrackSourceTest() {
        super("dependency-track");
    }

    @Override
    protected Path authentic() {
        return Shipped.authentic();
    }

    @Override
    protected boolean isAuthentic(Path file) {
        var folder = file.getParent().getFileName().toString();
        return folder.equals("dependency-track") || folder.equals("dependency_track");
    }
}
