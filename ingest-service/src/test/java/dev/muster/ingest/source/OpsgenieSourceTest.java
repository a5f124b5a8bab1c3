package dev.muster.ingest.source;

class OpsgenieSourceTest extends SourceKit {

    OpsgenieSourceTest() {
        super("opsgenie");
    }
}
