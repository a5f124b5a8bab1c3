package dev.muster.ingest.source;

class FluxSourceTest extends SourceKit {

    FluxSourceTest() {
        super("flux");
    }
}
