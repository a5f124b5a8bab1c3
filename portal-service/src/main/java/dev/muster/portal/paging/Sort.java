package dev.muster.portal.paging;

import dev.muster.service.Problem;
import dev.muster.service.ProblemException;
import dev.muster.service.ProblemType;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How a list is sorted, as it stands in an address: the name of a column, with a minus in front for the other way
/// round.
///
/// @param column by which one
public record Sort(String column, boolean descending) {

    /// Reads what somebody asked for.
    ///
    /// @param usual what it is when nobody asks
    /// @param columns that may be named
    /// @throws ProblemException 400, which names them, when it is another one
    public static Sort read(@Nullable String asked, String usual, Collection<String> columns) {
        var text = asked == null || asked.isBlank() ? usual : asked.strip();
        boolean descending = text.startsWith("-");
        var column = descending ? text.substring(1) : text;
        if (!columns.contains(column)) {
            throw Problem.of(
                            ProblemType.MALFORMED_REQUEST,
                            "This list can be sorted by %s; a minus in front turns it round"
                                    .formatted(String.join(", ", columns)))
                    .asException();
        }
        return new Sort(column, descending);
    }

    /// What the head of a column asks for: it, or the other way round when it is sorted by it.
    public String next(String head) {
        return head.equals(column) && !descending ? "-" + head : head;
    }

    /// How a column is sorted, as `aria-sort` says it; null when by another one.
    public @Nullable String aria(String head) {
        return head.equals(column) ? descending ? "descending" : "ascending" : null;
    }

    /// The order of a list that is sorted as a whole.
    ///
    /// @param columns what each one is sorted by
    public <T> Comparator<T> comparator(Map<String, Comparator<T>> columns) {
        var ascending = Objects.requireNonNull(columns.get(column), column);
        return descending ? ascending.reversed() : ascending;
    }

    @Override
    public String toString() {
        return descending ? "-" + column : column;
    }
}
