package dev.muster.ingest.source;

class SnykCliSourceTest extends UploadKit {

    SnykCliSourceTest() {
        super("snyk-cli", "scanners/snyk");
    }
}
