package dev.muster.routing;

import dev.muster.engine.definition.DefinitionException;
import dev.muster.engine.definition.Mistake;
import java.util.List;

/// A routes file was refused. The message has every mistake, one a line, with file, line and column.
public final class RoutesException extends Exception {

    private final transient List<Mistake> mistakes;

    RoutesException(DefinitionException wrong) {
        super(wrong.getMessage(), wrong);
        this.mistakes = wrong.mistakes();
    }

    /// In the order in which they stand in the file.
    public List<Mistake> mistakes() {
        return mistakes;
    }
}
