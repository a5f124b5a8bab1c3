package dev.muster.ingest.source;

class K6SourceTest extends UploadKit {

    K6SourceTest() {
        super("k6", "k6");
    }
}
