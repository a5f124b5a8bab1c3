package dev.muster.ingest.source;

class PyrraSourceTest extends SourceKit {

    PyrraSourceTest() {
        super("pyrra");
    }
}
