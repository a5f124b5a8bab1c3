package dev.muster.ingest.source;

class PrometheusSourceTest extends SourceKit {

    PrometheusSourceTest() {
        super("prometheus");
    }
}
