package dev.muster.ingest.source;

class JunitSourceTest extends UploadKit {

    JunitSourceTest() {
        super("junit", "junit");
    }
}
