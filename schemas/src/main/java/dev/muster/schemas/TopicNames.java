package dev.muster.schemas;

/// Names of the topics, for annotations and configuration; everything else takes [Topics].
public final class TopicNames {

    public static final String DELIVERIES = "muster.deliveries.v1";
    public static final String FACTS = "muster.facts.v1";
    public static final String CONNECTIONS = "muster.connections.v1";
    public static final String CATALOG = "muster.catalog.v1";
    public static final String SCORECARDS = "muster.scorecards.v1";
    public static final String INITIATIVES = "muster.initiatives.v1";
    public static final String DIRECTORY = "muster.directory.v1";
    public static final String ATTESTATIONS = "muster.attestations.v1";
    public static final String EXEMPTIONS = "muster.exemptions.v1";
    public static final String AUDIT = "muster.audit.v1";
    public static final String RECONCILIATIONS = "muster.reconciliations.v1";
    public static final String RESULTS = "muster.results.v1";
    public static final String TRANSITIONS = "muster.transitions.v1";
    public static final String RECEIPTS = "muster.receipts.v1";
    public static final String DEAD_LETTERS = "muster.dead-letters.v1";

    private TopicNames() {}
}
