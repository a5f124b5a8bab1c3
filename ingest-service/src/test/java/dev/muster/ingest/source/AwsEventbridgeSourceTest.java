package dev.muster.ingest.source;

class AwsEventbridgeSourceTest extends SourceKit {

    AwsEventbridgeSourceTest() {
        super("aws-eventbridge");
    }
}
