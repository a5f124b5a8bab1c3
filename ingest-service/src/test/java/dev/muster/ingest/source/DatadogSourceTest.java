package dev.muster.ingest.source;

class DatadogSourceTest extends SourceKit {

    DatadogSourceTest() {
        super("datadog");
    }
}
