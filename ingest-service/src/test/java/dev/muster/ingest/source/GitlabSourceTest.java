package dev.muster.ingest.source;

class GitlabSourceTest extends SourceKit {

    GitlabSourceTest() {
        super("gitlab");
    }
}
