package dev.muster.ingest.source;

class BitbucketSourceTest extends SourceKit {

    BitbucketSourceTest() {
        super("bitbucket");
    }
}
