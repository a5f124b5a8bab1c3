package dev.muster.routing;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Wanted values by field: all fields must fit, each by any of its values. `*` in a value stands for
/// any text.
public final class Matchers {

    /// Fits everything.
    public static final Matchers ANY = new Matchers(Map.of());

    private final Map<Field, List<String>> wanted;

    /// @param wanted at least one value a field
    public Matchers(Map<Field, List<String>> wanted) {
        var copy = new EnumMap<Field, List<String>>(Field.class);
        wanted.forEach((field, values) -> copy.put(field, List.copyOf(values)));
        this.wanted = Map.copyOf(copy);
    }

    /// Wanted values by field.
    public Map<Field, List<String>> wanted() {
        return wanted;
    }

    /// Whether the change fits, for a route: one of several rules or tags is enough.
    public boolean fit(Change change) {
        return mismatch(change).isEmpty();
    }

    /// Whether a silence covers the change: as [#fit], but of several rules that changed every one must
    /// be meant, so that a rule that was silenced hides no other.
    public boolean cover(Change change) {
        return fit(change) && all(Field.RULE, change) && all(Field.RULE_LEVEL, change);
    }

    private boolean all(Field field, Change change) {
        var values = wanted.get(field);
        return values == null || change.values(field).stream().allMatch(it -> any(values, it));
    }

    /// Why the change does not fit, in words; empty when it fits.
    public Optional<String> mismatch(Change change) {
        return wanted.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .filter(it -> change.values(it.getKey()).stream().noneMatch(value -> any(it.getValue(), value)))
                .map(it -> "%s is %s, not %s"
                        .formatted(it.getKey().label(), words(change.values(it.getKey())), words(it.getValue())))
                .findFirst();
    }

    private static String words(Collection<String> values) {
        return values.isEmpty() ? "none" : values.stream().sorted().collect(Collectors.joining(" or "));
    }

    private static boolean any(List<String> patterns, String value) {
        return patterns.stream().anyMatch(it -> like(it, value));
    }

    /// Greedy from the left, in time of the lengths' product at most.
    static boolean like(String pattern, String value) {
        int p = 0;
        int v = 0;
        int star = -1;
        int from = 0;
        while (v < value.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                from = v;
            } else if (p < pattern.length() && pattern.charAt(p) == value.charAt(v)) {
                p++;
                v++;
            } else if (star >= 0) {
                p = star + 1;
                v = ++from;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Matchers it && wanted.equals(it.wanted);
    }

    @Override
    public int hashCode() {
        return wanted.hashCode();
    }

    @Override
    public String toString() {
        return wanted.toString();
    }
}
