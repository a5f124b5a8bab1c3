package dev.muster.ingest.source;

class TerraformSourceTest extends SourceKit {

    TerraformSourceTest() {
        super("terraform");
    }
}
