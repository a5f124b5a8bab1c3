package dev.muster.ingest.source;

class JacocoSourceTest extends UploadKit {

    JacocoSourceTest() {
        super("jacoco", "jacoco");
    }
}
