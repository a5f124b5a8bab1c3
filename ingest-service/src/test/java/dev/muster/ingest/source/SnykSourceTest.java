package dev.muster.ingest.source;

class SnykSourceTest extends SourceKit {

    SnykSourceTest() {
        super("snyk");
    }
}
