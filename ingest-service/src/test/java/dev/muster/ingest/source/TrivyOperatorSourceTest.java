package dev.muster.ingest.source;

import java.nio.file.Path;
import java.util.Map;

class TrivyOperatorSourceTest extends SourceKit {

    TrivyOperatorSourceTest() {
        super("trivy-operator");
    }

    @Override
    protected Path authentic() {
        return Shipped.authentic().resolve("scanners/trivy_operator");
    }

    @Override
    protected Map<String, String> headersOf(Path file) {
        return Map.of("X-Muster-Subject", "cluster:kubernetes/production");
    }
}
