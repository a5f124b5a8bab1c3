package dev.muster.engine.definition;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// Collects mistakes while a definition is read, so that its author learns of all of them at once.
///
/// Keeps the first [#LIMIT]: who has more has enough to do.
public final class Mistakes {

    /// Mistakes that are kept.
    public static final int LIMIT = 100;

    private static final Comparator<Mistake> IN_ORDER_OF_THE_FILE =
            Comparator.comparingInt(Mistake::line).thenComparingInt(Mistake::column);

    private final List<Mistake> found = new ArrayList<>();

    public void add(YamlNode at, String message) {
        add(at.place(), message);
    }

    public void add(Place at, String message) {
        add(new Mistake(at.file(), at.line(), at.column(), at.path(), message));
    }

    public void add(Mistake mistake) {
        if (found.size() < LIMIT) {
            found.add(mistake);
        }
    }

    public void addAll(Collection<Mistake> mistakes) {
        mistakes.forEach(this::add);
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /// Found so far, sorted by place.
    public List<Mistake> found() {
        return found.stream().sorted(IN_ORDER_OF_THE_FILE).toList();
    }

    /// Does nothing when nothing was wrong.
    public void throwIfAny() throws DefinitionException {
        if (!found.isEmpty()) {
            throw new DefinitionException(found());
        }
    }
}
