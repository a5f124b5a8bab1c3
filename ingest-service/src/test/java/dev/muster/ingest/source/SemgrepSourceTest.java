package dev.muster.ingest.source;

class SemgrepSourceTest extends UploadKit {

    SemgrepSourceTest() {
        super("semgrep", "scanners/semgrep");
    }
}
