package dev.muster.ingest.source;

class GrafanaSourceTest extends SourceKit {

    GrafanaSourceTest() {
        super("grafana");
    }
}
