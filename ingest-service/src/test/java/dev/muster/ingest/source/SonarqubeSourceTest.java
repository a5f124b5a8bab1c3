package dev.muster.ingest.source;

class SonarqubeSourceTest extends SourceKit {

    SonarqubeSourceTest() {
        super("sonarqube");
    }
}
