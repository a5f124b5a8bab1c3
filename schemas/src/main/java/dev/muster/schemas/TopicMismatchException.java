package dev.muster.schemas;

import java.util.List;

/// Topics are there and are not as they have to be. Waiting does not help; the message says what to do.
public final class TopicMismatchException extends RuntimeException {

    private final List<String> mistakes;

    TopicMismatchException(List<String> mistakes) {
        super("Topics are not as they have to be:\n- " + String.join("\n- ", mistakes));
        this.mistakes = List.copyOf(mistakes);
    }

    /// One sentence for each thing that is wrong.
    public List<String> mistakes() {
        return mistakes;
    }
}
