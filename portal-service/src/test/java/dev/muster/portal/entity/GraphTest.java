package dev.muster.portal.entity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.portal.entity.Graph.Neighbour;
import dev.muster.portal.entity.Graph.Node;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class GraphTest {

    private static final Neighbour SELF = neighbour("payments");

    @Test
    void drawsWhoDependsOnItOnTheLeftAndWhatItDependsOnOnTheRight() {
        var graph = Graph.of(SELF, List.of(neighbour("shop"), neighbour("cart")), List.of(neighbour("ledger")));

        assertThat(graph.left()).extracting(Node::name).containsExactly("shop", "cart");
        assertThat(graph.left()).extracting(Node::x).containsOnly(0);
        assertThat(graph.right().getFirst().x()).isEqualTo(Graph.WIDTH - 210);
        assertThat(graph.right().getFirst().middle()).isEqualTo(graph.self().middle());
        assertThat(graph.height()).isEqualTo(92);
        assertThat(graph.lines())
                .hasSize(3)
                .first()
                .asString()
                .startsWith("M210 23 C")
                .endsWith("275 46");
    }

    @Test
    void leavesOutWhatThereIsNoRoomForAndSaysHowMuch() {
        var graph = Graph.of(SELF, Collections.nCopies(14, neighbour("shop")), List.of());

        assertThat(graph.left()).hasSize(Graph.MOST);
        assertThat(graph.moreLeft()).isEqualTo(4);
        assertThat(graph.left().getLast().y() + 34).isLessThanOrEqualTo(graph.height());
    }

    @Test
    void cutsLongNamesAndKnowsThatItIsAlone() {
        assertThat(Graph.of(neighbour("a-name-that-is-much-too-long-for-a-box"), List.of(), List.of())
                        .self()
                        .shortName())
                .isEqualTo("a-name-that-is-much-too…");
        assertThat(Graph.of(SELF, List.of(), List.of()).isEmpty()).isTrue();
    }

    private static Neighbour neighbour(String name) {
        return new Neighbour("component:default/" + name, name, "gold", true);
    }
}
