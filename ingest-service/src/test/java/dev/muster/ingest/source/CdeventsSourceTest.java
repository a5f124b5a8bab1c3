package dev.muster.ingest.source;

class CdeventsSourceTest extends SourceKit {

    CdeventsSourceTest() {
        super("cdevents");
    }
}
