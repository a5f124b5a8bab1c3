package dev.muster.portal.entity;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An entity with those that depend on it on its left and those that it depends on on its right, laid out as a picture.
/// Pure.
///
/// @param left those that depend on it, with at most [#MOST] of them
/// @param right those that it depends on, in the same way
/// @param moreLeft how many are left out
public record Graph(Node self, List<Node> left, int moreLeft, List<Node> right, int moreRight) {

    /// How many are drawn on a side.
    static final int MOST = 10;

    public static final int WIDTH = 760;
    private static final int NODE_WIDTH = 210;
    private static final int NODE_HEIGHT = 34;
    private static final int STEP = 46;
    private static final int LONGEST_NAME = 24;

    /// An entity in the picture, by its upper left corner.
    ///
    /// @param level that it reached on the scorecard; null when none, or nothing is known of it
    /// @param scored whether it is scored at all
    public record Node(String ref, String name, @Nullable String level, boolean scored, int x, int y) {

        public int width() {
            return NODE_WIDTH;
        }

        public int height() {
            return NODE_HEIGHT;
        }

        public int middle() {
            return y + NODE_HEIGHT / 2;
        }

        /// The name as far as there is room for it.
        public String shortName() {
            return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
        }
    }

    /// An entity beside the one that the picture is about.
    public record Neighbour(
            String ref, String name, @Nullable String level, boolean scored) {}

    /// @param dependents those that depend on it
    /// @param dependencies those that it depends on
    static Graph of(Neighbour self, List<Neighbour> dependents, List<Neighbour> dependencies) {
        int rows = Math.max(1, Math.max(Math.min(MOST, dependents.size()), Math.min(MOST, dependencies.size())));
        int height = rows * STEP;
        return new Graph(
                node(self, (WIDTH - NODE_WIDTH) / 2, (height - NODE_HEIGHT) / 2),
                column(dependents, 0, height),
                Math.max(0, dependents.size() - MOST),
                column(dependencies, WIDTH - NODE_WIDTH, height),
                Math.max(0, dependencies.size() - MOST));
    }

    /// Height of the picture.
    public int height() {
        return self.y() * 2 + NODE_HEIGHT;
    }

    /// Whether it stands alone.
    public boolean isEmpty() {
        return left.isEmpty() && right.isEmpty();
    }

    /// Lines between nodes, each as the data of a path, in the direction of the dependency.
    public List<String> lines() {
        var lines = new ArrayList<String>();
        left.forEach(node -> lines.add(line(node, self)));
        right.forEach(node -> lines.add(line(self, node)));
        return lines;
    }

    private static String line(Node from, Node to) {
        int start = from.x() + NODE_WIDTH;
        int half = (to.x() - start) / 2;
        return "M%d %d C%d %d %d %d %d %d"
                .formatted(
                        start,
                        from.middle(),
                        start + half,
                        from.middle(),
                        start + half,
                        to.middle(),
                        to.x(),
                        to.middle());
    }

    private static List<Node> column(List<Neighbour> neighbours, int x, int height) {
        var shown = neighbours.subList(0, Math.min(MOST, neighbours.size()));
        int top = (height - shown.size() * STEP) / 2;
        var nodes = new ArrayList<Node>();
        for (int i = 0; i < shown.size(); i++) {
            nodes.add(node(shown.get(i), x, top + i * STEP + (STEP - NODE_HEIGHT) / 2));
        }
        return nodes;
    }

    private static Node node(Neighbour it, int x, int y) {
        return new Node(it.ref(), it.name(), it.level(), it.scored(), x, y);
    }
}
