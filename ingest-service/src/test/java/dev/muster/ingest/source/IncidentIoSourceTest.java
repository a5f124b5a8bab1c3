package dev.muster.ingest.source;

class IncidentIoSourceTest extends SourceKit {

    IncidentIoSourceTest() {
        super("incident-io");
    }
}
