package dev.muster.ingest.source;

class CyclonedxSourceTest extends UploadKit {

    CyclonedxSourceTest() {
        super("cyclonedx", "scanners/cyclonedx");
    }
}
