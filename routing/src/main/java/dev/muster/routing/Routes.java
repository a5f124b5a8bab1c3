package dev.muster.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The tree that says who hears of what, and when.
///
/// A change enters at the root, which everything fits. At each node the children are tried in order:
/// the first that fits takes it, and those behind it only when it says `continue`. The deepest node
/// that fits is the route.
public final class Routes {

    /// Name of the root.
    public static final String ROOT = "default";

    /// Without a file: the owner or the fallback, each message by itself or as the owner says.
    public static final Routes NONE = new Routes(new Node(
            ROOT,
            Matchers.ANY,
            null,
            false,
            new Sending(List.of(), List.of(), null, null, List.of(), null),
            List.of()));

    private final Node root;

    Routes(Node root) {
        this.root = root;
    }

    /// A node that takes a change.
    public record Match(String path, Sending sending) {}

    /// A node that was tried.
    ///
    /// @param why why it does not take the change, in words; empty when it, or one below it, does
    public record Tried(String path, Optional<String> why) {}

    /// Who takes a change, at least one, and who was asked on the way.
    public record Found(List<Match> matches, List<Tried> tried) {

        public Found {
            matches = List.copyOf(matches);
            tried = List.copyOf(tried);
        }
    }

    /// Who takes `change`.
    public Found find(Change change) {
        var tried = new ArrayList<Tried>();
        var matches = take(root, change, tried).stream()
                .map(it -> new Match(it.path(), it.sending()))
                .toList();
        return new Found(matches, tried);
    }

    private static List<Node> take(Node node, Change change, List<Tried> tried) {
        var why = node.mismatch(change);
        tried.add(new Tried(node.path(), why));
        if (why.isPresent()) {
            return List.of();
        }
        var taken = new ArrayList<Node>();
        for (var child : node.children()) {
            var below = take(child, change, tried);
            taken.addAll(below);
            if (!below.isEmpty() && !child.goesOn()) {
                break;
            }
        }
        return taken.isEmpty() ? List.of(node) : taken;
    }

    /// How the node at `path` sends; the root, when the file has no such node any more.
    public Sending at(String path) {
        return at(root, path).orElse(root).sending();
    }

    private static Optional<Node> at(Node node, String path) {
        return node.path().equals(path)
                ? Optional.of(node)
                : node.children().stream().flatMap(it -> at(it, path).stream()).findFirst();
    }
}
