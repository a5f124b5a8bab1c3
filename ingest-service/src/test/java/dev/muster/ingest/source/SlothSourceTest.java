package dev.muster.ingest.source;

class SlothSourceTest extends SourceKit {

    SlothSourceTest() {
        super("sloth");
    }
}
