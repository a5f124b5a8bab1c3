package dev.muster.ingest.source;

class GrypeSourceTest extends UploadKit {

    GrypeSourceTest() {
        super("grype", "scanners/grype");
    }
}
