package dev.muster.notifier.message;

/// How what a message told is over.
public enum Ending {
    /// It is good again.
    RECOVERED("recovered", "Recovered"),
    /// The entity, or the rule, is gone: nobody says that it is good.
    NO_LONGER_JUDGED("no longer judged", "No longer judged"),
    /// The scorecard asks something else now.
    JUDGED_DIFFERENTLY("judged differently now", "Judged differently now");

    private final String words;
    private final String label;

    Ending(String words, String label) {
        this.words = words;
        this.label = label;
    }

    /// In a sentence, such as `no longer judged`.
    String words() {
        return words;
    }

    /// At the head of what is over, such as `No longer judged`.
    public String label() {
        return label;
    }
}
