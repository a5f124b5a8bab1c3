package dev.muster.ingest.source;

class OpensloSourceTest extends SourceKit {

    OpensloSourceTest() {
        super("openslo");
    }
}
