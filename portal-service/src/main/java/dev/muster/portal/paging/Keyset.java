package dev.muster.portal.paging;

import static java.time.temporal.ChronoUnit.MICROS;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.val;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.RecordMapper;
import org.jooq.SelectConditionStep;
import org.jooq.SortField;
import org.jspecify.annotations.Nullable;

/// Reads a list in an order piece by piece: each piece begins behind the keys of the last row before it, so
/// that none is shown twice or left out, whatever comes and goes meanwhile.
public final class Keyset {

    /// By code point, as our columns are, and as the texts within documents are not.
    private static final String BY_CODE_POINT = "({0}) collate \"C\"";

    /// Behind everything that a reference or a name of ours begins with, by code point.
    private static final String LAST = "~";

    private final Sort sort;
    private final List<Field<?>> keys;

    /// @param columns what each one is sorted by; numbers, texts and instants that are never null
    /// @param unique what makes a row one of a kind
    public Keyset(Sort sort, Map<String, List<Field<?>>> columns, Field<?>... unique) {
        this.sort = sort;
        this.keys = Stream.concat(columns.getOrDefault(sort.column(), List.of()).stream(), Stream.of(unique))
                .distinct()
                .map(Keyset::collated)
                .toList();
    }

    /// A text to sort by, of which what is not there comes last.
    public static Field<String> last(Field<String> column) {
        return coalesce(column, inline(LAST));
    }

    /// Databases are made with many a collation; the order, the cursors and the indexes are the same with
    /// each.
    private static Field<?> collated(Field<?> key) {
        return key.getType() == String.class ? field(BY_CODE_POINT, key.getDataType(), key) : key;
    }

    /// The keys, to be selected beside what is shown.
    public List<Field<?>> select() {
        return IntStream.range(0, keys.size())
                .<Field<?>>mapToObj(i -> keys.get(i).as(name(i)))
                .toList();
    }

    public List<SortField<?>> order() {
        return keys.stream()
                .<SortField<?>>map(it -> sort.descending() ? it.desc() : it.asc())
                .toList();
    }

    /// What is behind a cursor.
    ///
    /// @param cursor that [#cursor] gave for the same order, or null
    /// @throws dev.muster.service.ProblemException 400 when it is another one
    public Condition behind(@Nullable String cursor) {
        if (cursor == null || cursor.isBlank()) {
            return noCondition();
        }
        var position = Cursor.parse(cursor, keys.size() + 1);
        if (!position.text(0).equals(sort.toString())) {
            throw Cursor.illegal();
        }
        var values = new ArrayList<Field<?>>();
        for (int i = 0; i < keys.size(); i++) {
            values.add(value(position, i));
        }
        return sort.descending() ? row(keys).lessThan(row(values)) : row(keys).greaterThan(row(values));
    }

    /// Reads a piece of the list.
    ///
    /// @param query of [#select] and what is shown, with what is wanted, not sorted
    /// @param cursor that [#cursor] gave for the same order, or null
    /// @param view of a row
    /// @throws dev.muster.service.ProblemException 400 when the cursor is another one
    public <R extends Record, T> Slice<T> read(
            SelectConditionStep<R> query, int limit, @Nullable String cursor, RecordMapper<? super R, T> view) {
        var rows = query.and(behind(cursor)).orderBy(order()).limit(limit + 1).fetch();
        var piece = Slice.cut(rows, limit, this::cursor);
        return new Slice<>(piece.items().stream().map(view::map).toList(), piece.next());
    }

    /// The cursor behind a row.
    public Cursor cursor(Record last) {
        var values = IntStream.range(0, keys.size())
                .mapToObj(i -> last.get(name(i)))
                .map(it -> it instanceof Instant at ? (Object) MICROS.between(Instant.EPOCH, at) : it);
        return Cursor.of(Stream.concat(Stream.of(sort), values).toArray());
    }

    private Field<?> value(Cursor position, int part) {
        var key = keys.get(part);
        if (key.getType() == String.class) {
            return val(position.text(part + 1), key.getDataType());
        }
        if (key.getType() == Instant.class) {
            return val(Instant.EPOCH.plus(position.number(part + 1), MICROS), key.getDataType());
        }
        return val(position.number(part + 1), key.getDataType());
    }

    private static String name(int part) {
        return "sort_" + part;
    }
}
