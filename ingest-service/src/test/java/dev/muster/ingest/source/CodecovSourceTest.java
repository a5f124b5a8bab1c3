package dev.muster.ingest.source;

class CodecovSourceTest extends SourceKit {

    CodecovSourceTest() {
        super("codecov");
    }
}
