package dev.muster.ingest.source;

class ArgoCdSourceTest extends SourceKit {

    ArgoCdSourceTest() {
        super("argo-cd");
    }
}
