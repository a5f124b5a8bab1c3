package dev.muster.ingest.source;

class TrivySourceTest extends UploadKit {

    TrivySourceTest() {
        super("trivy", "scanners/trivy");
    }
}
