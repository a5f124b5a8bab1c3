package dev.muster.ingest.source;

class SarifSourceTest extends UploadKit {

    SarifSourceTest() {
        super("sarif", "scanners/sarif");
    }
}
