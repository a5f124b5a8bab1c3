package dev.muster.ingest.source;

class CloudeventsSourceTest extends SourceKit {

    CloudeventsSourceTest() {
        super("cloudevents");
    }
}
