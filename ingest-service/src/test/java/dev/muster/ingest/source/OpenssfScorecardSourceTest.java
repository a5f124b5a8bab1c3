package dev.muster.ingest.source;

class OpenssfScorecardSourceTest extends UploadKit {

    OpenssfScorecardSourceTest() {
        super("openssf-scorecard", "scorecard");
    }
}
