package dev.muster.engine.fact;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The parts of subjects that an entity claims, such as the folder of one component in a repository of many.
///
/// A path is one from the top of the subject, of folders or of a file, without a slash at either end. What does not say
/// where it is counts for everybody who claims the subject.
///
/// @param claims all subjects that the entity claims
/// @param declared paths by subject; a subject that is not among them is claimed whole
public record Paths(Collection<String> claims, Map<String, List<String>> declared) {

    /// Everything is claimed whole.
    public static final Paths ALL = new Paths(List.of(), Map.of());

    public Paths {
        claims = Set.copyOf(claims);
        declared = Map.copyOf(declared);
    }

    /// True when every subject is claimed whole.
    public boolean isAll() {
        return declared.isEmpty();
    }

    /// The paths that are claimed of `subject`; empty for the whole of it.
    ///
    /// @param movedTo what took the place of a subject: whoever claims parts of that one claims the same parts here
    public List<String> of(String subject, Function<String, Optional<String>> movedTo) {
        if (isAll()) {
            return List.of();
        }
        var paths = new ArrayList<String>();
        for (var claim : claims) {
            if (claim.equals(subject) || ends(claim, movedTo).equals(subject)) {
                var own = declared.getOrDefault(claim, List.of());
                if (own.isEmpty()) {
                    return List.of();
                }
                paths.addAll(own);
            }
        }
        return paths.stream().distinct().sorted().toList();
    }

    private static String ends(String claim, Function<String, Optional<String>> movedTo) {
        var seen = new HashSet<String>();
        var at = claim;
        while (seen.add(at)) {
            var next = movedTo.apply(at);
            if (next.isEmpty()) {
                break;
            }
            at = next.get();
        }
        return at;
    }

    /// Whether something that is at `place` lies in one of `paths`; true when it does not say where it is.
    static boolean have(List<String> paths, @Nullable Object place) {
        if (!(place instanceof String text)) {
            return true;
        }
        var from = text.startsWith("./") ? 2 : text.startsWith("/") ? 1 : 0;
        if (from == text.length()) {
            return true;
        }
        for (var path : paths) {
            if (text.startsWith(path, from)
                    && (text.length() == from + path.length() || text.charAt(from + path.length()) == '/')) {
                return true;
            }
        }
        return false;
    }
}
