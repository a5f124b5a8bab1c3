package dev.muster.ingest.source;

class PagerdutySourceTest extends SourceKit {

    PagerdutySourceTest() {
        super("pagerduty");
    }
}
