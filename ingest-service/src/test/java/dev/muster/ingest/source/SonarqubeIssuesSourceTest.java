package dev.muster.ingest.source;

import java.nio.file.Path;

class SonarqubeIssuesSourceTest extends SourceKit {

    SonarqubeIssuesSourceTest() {
        super("sonarqube-issues");
    }

    @Override
    protected Path authentic() {
        return Shipped.authentic().resolve("scanners/sonarqube");
    }
}
