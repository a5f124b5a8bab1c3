package dev.muster.ingest.source;

class OktaSourceTest extends SourceKit {

    OktaSourceTest() {
        super("okta");
    }
}
