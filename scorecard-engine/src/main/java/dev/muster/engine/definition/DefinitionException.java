package dev.muster.engine.definition;

import java.util.List;
import java.util.stream.Collectors;

/// A definition was refused. Carries every mistake that was found, never just the first.
public final class DefinitionException extends Exception {

    private final transient List<Mistake> mistakes;

    /// @param mistakes at least one
    public DefinitionException(List<Mistake> mistakes) {
        super(mistakes.stream().map(Mistake::toString).collect(Collectors.joining("\n")));
        if (mistakes.isEmpty()) {
            throw new IllegalArgumentException("a refusal needs at least one mistake");
        }
        this.mistakes = List.copyOf(mistakes);
    }

    /// In the order in which they stand in the file.
    public List<Mistake> mistakes() {
        return mistakes;
    }
}
