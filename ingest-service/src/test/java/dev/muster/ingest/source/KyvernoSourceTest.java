package dev.muster.ingest.source;

class KyvernoSourceTest extends SourceKit {

    KyvernoSourceTest() {
        super("kyverno");
    }
}
