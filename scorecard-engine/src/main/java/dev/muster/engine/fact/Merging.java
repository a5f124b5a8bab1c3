package dev.muster.engine.fact;

import static java.util.Comparator.comparing;

import dev.muster.engine.fact.FactState.Collection;
import dev.muster.engine.fact.FactState.Scalar;
import dev.muster.engine.fact.FactType.CollectionOf;
import dev.muster.engine.result.Evidence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Makes one [FactReading] of what several subjects told.
final class Merging {

    private Merging() {}

    static Optional<FactReading> read(FactDeclaration declaration, List<SubjectFact> told, @Nullable FactReading last) {
        var reported = told.stream().filter(fact -> fact.state().reported()).toList();
        var inOrder = reported.size() < 2
                ? reported
                : reported.stream().sorted(comparing(SubjectFact::subject)).toList();
        return declaration.type() instanceof CollectionOf collection
                ? union(declaration.name(), collection, inOrder, ItemsRead.at(last))
                : single(declaration, inOrder);
    }

    private static Optional<FactReading> union(
            String fact, CollectionOf type, List<SubjectFact> told, ItemsRead before) {
        var items = new ArrayList<FactReading.Item>();
        var evidence = new ArrayList<Evidence>();
        var overflowed = false;
        for (var one : told) {
            if (one.state() instanceof Collection state) {
                var latest = evidence(fact, one);
                var place = one.paths().isEmpty() ? null : type.item().path().orElse(null);
                evidence.add(latest);
                overflowed |= state.overflowed();
                for (var entry : state.items().entrySet()) {
                    var item = entry.getValue();
                    if (state.shows(item)) {
                        var known = before.find(one.subject(), entry.getKey(), item);
                        var read = known != null
                                ? known
                                : item(type, latest, entry.getKey(), item).orElse(null);
                        if (read != null
                                && (place == null
                                        || Paths.have(one.paths(), read.fields().get(place)))) {
                            items.add(read);
                        }
                    }
                }
            }
        }
        return evidence.isEmpty()
                ? Optional.empty()
                : Optional.of(new FactReading(items, items, evidence, oldest(evidence), overflowed));
    }

    private static Optional<FactReading.Item> item(CollectionOf type, Evidence latest, String id, FactState.Item item) {
        return parse(item.json())
                .flatMap(json -> Typing.fields(type.item(), json))
                .map(fields -> new FactReading.Item(latest.subject(), id, fields, about(latest, item), item));
    }

    private static Evidence about(Evidence latest, FactState.Item item) {
        return new Evidence(
                latest.fact(),
                latest.subject(),
                item.version().sourceTime(),
                item.origin().source(),
                item.origin().url());
    }

    private static Optional<FactReading> single(FactDeclaration declaration, List<SubjectFact> told) {
        var values =
                told.stream().flatMap(fact -> value(declaration, fact).stream()).toList();
        if (values.isEmpty()) {
            return Optional.empty();
        }
        if (declaration.merge() == Merge.LATEST) {
            return values.stream()
                    .max(comparing(Told::version))
                    .map(latest -> reading(latest.value(), List.of(latest)));
        }
        return values.stream()
                .map(Told::value)
                .reduce(operator(declaration.merge()))
                .map(merged -> reading(merged, values));
    }

    /// One value that one subject told.
    private record Told(Object value, Version version, Evidence evidence) {}

    private static Optional<Told> value(FactDeclaration declaration, SubjectFact fact) {
        if (!(fact.state() instanceof Scalar scalar)) {
            return Optional.empty();
        }
        return parse(scalar.json())
                .flatMap(node -> Typing.value(declaration.type(), node))
                .map(value -> new Told(value, version(scalar), evidence(declaration.name(), fact)));
    }

    private static FactReading reading(Object value, List<Told> told) {
        var evidence = told.stream().map(Told::evidence).toList();
        return new FactReading(value, List.of(), evidence, oldest(evidence), false);
    }

    @SuppressWarnings("NullAway") // asked only of facts that were reported
    private static Version version(Scalar scalar) {
        return scalar.version();
    }

    @SuppressWarnings("NullAway") // asked only of facts that were reported
    private static Evidence evidence(String fact, SubjectFact told) {
        var origin = told.state().latestOrigin();
        return new Evidence(fact, told.subject(), told.state().observedAt(), origin.source(), origin.url());
    }

    private static Instant oldest(List<Evidence> evidence) {
        return evidence.stream()
                .map(Evidence::observedAt)
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    private static Optional<JsonNode> parse(@Nullable String json) {
        try {
            return json == null ? Optional.empty() : Optional.of(FactJson.parseKept(json));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static BinaryOperator<Object> operator(Merge merge) {
        return switch (merge) {
            case ANY -> (a, b) -> (Boolean) a || (Boolean) b;
            case ALL -> (a, b) -> (Boolean) a && (Boolean) b;
            case MIN -> (a, b) -> compare(a, b) <= 0 ? a : b;
            case MAX -> (a, b) -> compare(a, b) >= 0 ? a : b;
            case SUM -> Merging::sum;
            case LATEST, UNION -> throw new IllegalArgumentException(merge + " does not go value by value");
        };
    }

    private static int compare(Object a, Object b) {
        return switch (a) {
            case Long one -> one.compareTo((Long) b);
            case Double one -> one.compareTo((Double) b);
            case Instant one -> one.compareTo((Instant) b);
            default -> 0;
        };
    }

    /// Whole numbers stop at the ends of their range.
    private static Object sum(Object a, Object b) {
        if (a instanceof Double one && b instanceof Double two) {
            return one + two;
        }
        var one = (Long) a;
        var two = (Long) b;
        var sum = one + two;
        var overflows = ((one ^ sum) & (two ^ sum)) < 0;
        return overflows ? (one < 0 ? Long.MIN_VALUE : Long.MAX_VALUE) : (Object) sum;
    }
}
