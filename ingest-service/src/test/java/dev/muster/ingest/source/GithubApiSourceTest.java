package dev.muster.ingest.source;

class GithubApiSourceTest extends SourceKit {

    GithubApiSourceTest() {
        super("github-api");
    }
}
