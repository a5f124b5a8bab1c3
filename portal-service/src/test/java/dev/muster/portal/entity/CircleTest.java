package dev.muster.portal.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.portal.Portal;
import dev.muster.portal.Story;
import dev.muster.schemas.v1.Entity;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class CircleTest {

    private static final Portal PORTAL = Portal.shared();
    private static final String REF = "component:default/";

    @AfterAll
    static void forget() {
        for (var name : List.of("round-a", "round-b", "round-c", "round-aside", "round-before")) {
            PORTAL.tell(PORTAL.topics().catalog(), REF + name, null);
        }
        PORTAL.awaitTold();
    }

    @Test
    void isTheShortestWayBackToWhereItBegan() {
        var dependsOn = Map.of(
                "a", List.of("b", "c"),
                "b", List.of("d"),
                "c", List.of("a"),
                "d", List.of("a", "e"),
                "e", List.of("nowhere"));

        assertThat(Circle.through("a", dependsOn)).containsExactly("a", "c");
        assertThat(Circle.through("b", dependsOn)).containsExactly("b", "d", "a");
        assertThat(Circle.through("e", dependsOn)).isEmpty();
        assertThat(Circle.through("x", Map.of("x", List.of("x")))).containsExactly("x");
    }

    @Test
    void isToldOfEachEntityInItAndOfNoneBesideIt() {
        declare("round-a", "round-b");
        declare("round-b", "round-aside", "round-c");
        declare("round-c", "round-a");
        declare("round-aside");
        declare("round-before", "round-a");
        PORTAL.awaitTold();

        assertThat(circle("round-a")).containsExactly(REF + "round-a", REF + "round-b", REF + "round-c");
        assertThat(circle("round-b")).containsExactly(REF + "round-b", REF + "round-c", REF + "round-a");
        assertThat(circle("round-aside")).isEmpty();
        assertThat(circle("round-before")).isEmpty();
        assertThat(page("round-a")).contains("It depends on itself:").contains("round-c");
        assertThat(page("round-before")).doesNotContain("It depends on itself:");

        declare("round-c");
        PORTAL.awaitTold();
        assertThat(circle("round-a")).isEmpty();
        assertThat(page("round-a")).doesNotContain("It depends on itself:");
    }

    @Test
    void isSoughtAmongTheNearestOfManyOnly() {
        assertThatThrownBy(() -> PORTAL.bean(DSLContext.class).transaction(it -> {
                    var sql = it.dsl();
                    ring(sql, "near", Circles.MOST);
                    ring(sql, "far", Circles.MOST + 1);
                    assertThat(new Circles(sql).through("near-0")).hasSize(Circles.MOST);
                    assertThat(new Circles(sql).through("far-0")).isEmpty();
                    throw new Undone();
                }))
                .isInstanceOf(Undone.class);
    }

    /// Leaves nothing behind of what was written.
    private static final class Undone extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private static void ring(DSLContext sql, String name, int entities) {
        sql.execute("""
                insert into entity
                select ? || '-' || i, 'Component', 'default', ? || i, null, null, null, null, null, null, '{}',
                    jsonb_build_object('dependsOn', jsonb_build_array(? || '-' || (i + 1) % ?)), now()
                from generate_series(0, ? - 1) as i""", name, name, name, entities, entities);
    }

    private static void declare(String name, String... dependsOn) {
        var entity = Entity.newBuilder(Story.component(name, null, 3))
                .setDependsOn(List.of(dependsOn).stream().map(it -> REF + it).toList())
                .build();
        PORTAL.tell(PORTAL.topics().catalog(), entity.getRef(), entity);
    }

    private static List<String> circle(String name) {
        return PORTAL.json("/api/v1/entities/" + REF + name)
                .path("circle")
                .valueStream()
                .map(it -> it.asString())
                .toList();
    }

    private static String page(String name) {
        return PORTAL.get("/entities/" + REF + name, "Accept", "text/html").body();
    }
}
