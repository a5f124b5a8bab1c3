package dev.muster.portal.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.portal.Portal;
import dev.muster.portal.Story;
import dev.muster.portal.Told;
import dev.muster.schemas.v1.Entity;
import dev.muster.schemas.v1.TransitionKind;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DependenciesTest {

    private static final Instant MORNING = Instant.parse("2026-11-23T06:00:00Z");
    private static final Portal PORTAL = Portal.shared();
    private static final String CARD = "dependencies-card";
    private static final String PAGE = "/entities/component:default/";

    @BeforeAll
    static void tell() {
        var told = new Told(PORTAL, CARD);
        told.publish("Dependencies");
        declare("above", "component:default/middle");
        declare("middle", "component:default/below", "component:default/of-nobody");
        declare("below");
        told.happen(null, "above", 1, "silver", MORNING, TransitionKind.BASELINE, "on-call", "FAIL");
        told.happen(null, "middle", 1, null, MORNING, TransitionKind.BASELINE, "has-runbook", "FAIL");
        PORTAL.awaitTold();
        await().untilAsserted(
                        () -> assertThat(PORTAL.get(PAGE + "middle").body()).contains("id=\"dependencies\""));
    }

    private static void declare(String name, String... dependsOn) {
        var component = Entity.newBuilder(Story.component(name, "group:default/dependent", 1))
                .setDependsOn(List.of(dependsOn))
                .build();
        PORTAL.tell(PORTAL.topics().catalog(), component.getRef(), component);
    }

    @Test
    void showsWhoDependsOnItAndWhatItDependsOnWithTheirLevels() {
        var section = section("middle");

        assertThat(section)
                .contains("It depends on 2; 1 depends on it.")
                .contains("<title>above, Silver</title>", "<title>middle, No level</title>")
                .contains("<title>below, not scored</title>", "<title>of-nobody, not scored</title>");
        assertThat(section)
                .containsSubsequence(
                        "Depend on it",
                        "href=\"" + PAGE + "above\"",
                        "Silver",
                        "It depends on</h3>",
                        "href=\"" + PAGE + "below\"",
                        "href=\"" + PAGE + "of-nobody\"");
        assertThat(section.split("class=\"graph-line\"", -1)).hasSize(4);
    }

    @Test
    void showsOnlyTheSideThatThereIs() {
        assertThat(section("above"))
                .contains("It depends on 1; 0 depend on it.")
                .doesNotContain("Depend on it</h3>");
        assertThat(section("below"))
                .contains("It depends on 0; 1 depends on it.")
                .doesNotContain("It depends on</h3>");
    }

    private static String section(String name) {
        var page = PORTAL.get(PAGE + name).body();
        int begin = page.indexOf("<section class=\"card\" id=\"dependencies\"");
        return page.substring(begin, page.indexOf("</section>", begin));
    }
}
