package dev.muster.ingest.source;

class SentrySourceTest extends SourceKit {

    SentrySourceTest() {
        super("sentry");
    }
}
