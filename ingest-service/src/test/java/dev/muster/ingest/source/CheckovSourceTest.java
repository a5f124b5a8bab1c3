package dev.muster.ingest.source;

class CheckovSourceTest extends UploadKit {

    CheckovSourceTest() {
        super("checkov", "scanners/checkov");
    }
}
