package dev.muster.ingest.source;

class GitleaksSourceTest extends UploadKit {

    GitleaksSourceTest() {
        super("gitleaks", "scanners/gitleaks");
    }
}
