package dev.muster.ingest.source;

import java.nio.file.Path;
import java.util.Map;

class AlertmanagerSourceTest extends SourceKit {

    AlertmanagerSourceTest() {
        super("alertmanager");
    }

    @Override
    protected Map<String, String> headersOf(Path file) {
        return Map.of("User-Agent", "Alertmanager/0.28.0");
    }
}
