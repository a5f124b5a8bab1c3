package dev.muster.ingest.source;

class BitbucketServerSourceTest extends SourceKit {

    BitbucketServerSourceTest() {
        super("bitbucket-server");
    }
}
