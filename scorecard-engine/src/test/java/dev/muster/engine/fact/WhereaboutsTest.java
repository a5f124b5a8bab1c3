package dev.muster.engine.fact;

import static dev.muster.engine.fact.Told.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.engine.fact.Whereabouts.Stop;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WhereaboutsTest {

    private static final String HERE = "";

    @ParameterizedTest
    @CsvSource({
        "{\"movedTo\":\"repo:b\"}, repo:b, false",
        "{\"deleted\":true}, '', true",
        "{\"movedTo\":\"repo:b\";\"deleted\":true}, repo:b, false",
        "{\"movedTo\":\"repo:a\"}, '', false",
        "{\"deleted\":false}, '', false",
        "{}, '', false",
        "[], '', false",
        "{\"movedTo\":7}, '', false"
    })
    void readWhatIsTold(String json, String movedTo, boolean deleted) {
        assertThat(Whereabouts.stop("repo:a", json.replace(';', ','), at(1)))
                .contains(new Stop(at(1), movedTo, deleted));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nowhere", "repo:a b", "Repo:a", "repo:"})
    void knowWhatIsNoSubject(String movedTo) {
        assertThat(Whereabouts.stop("repo:a", "{\"movedTo\":\"" + movedTo + "\"}", at(1)))
                .isEmpty();
    }

    @Test
    void aNameThatWasGivenUpKeepsNothing() {
        var it = of(stop(5, "repo:b"));

        assertThat(goes(it, 1)).isEqualTo("repo:b");
        assertThat(goes(it, 9)).isEqualTo("repo:b");
        assertThat(it.gone()).map(Stop::movedTo).contains("repo:b");
        assertThat(it.stayed()).isFalse();
    }

    @Test
    void aNameThatIsUsedAgainKeepsWhatIsOfThatTime() {
        var it = of(stop(5, "repo:b"), stop(10, HERE));

        assertThat(goes(it, 1)).isEqualTo("repo:b");
        assertThat(goes(it, 7)).isEqualTo("repo:b");
        assertThat(goes(it, 10)).isEqualTo(HERE);
        assertThat(it.gone()).isEmpty();
    }

    @Test
    void eachTimeOfANameEndsWhereItWentThen() {
        var it = of(stop(5, "repo:b"), stop(10, HERE), stop(15, "repo:c"));

        assertThat(goes(it, 1)).isEqualTo("repo:b");
        assertThat(goes(it, 12)).isEqualTo("repo:c");
        assertThat(goes(it, 20)).isEqualTo("repo:c");
    }

    @Test
    void aNameThatWasNeverGivenUpKeepsEverything() {
        var it = of(stop(5, HERE), stop(9, HERE));

        assertThat(it.stayed()).isTrue();
        assertThat(goes(it, 1)).isEqualTo(HERE);
        assertThat(it.stops()).hasSize(1);
    }

    @Test
    void whatIsOlderThanTheFirstUseGoesAlongWhenTheNameIsGivenUp() {
        assertThat(goes(of(stop(5, HERE), stop(9, "repo:b")), 1)).isEqualTo("repo:b");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theOrderOfNewsDoesNotMatter(long seed) {
        var random = new Random(seed);
        var stops = new ArrayList<Stop>();
        for (var i = 0; i < 40; i++) {
            stops.add(stop(
                    random.nextInt(60), List.of("repo:b", "repo:c", "repo:d").get(random.nextInt(3))));
        }
        stops.add(stop(30, HERE));
        stops.add(stop(45, HERE));
        var one = of(stops.toArray(Stop[]::new));
        Collections.shuffle(stops, random);
        stops.addAll(stops.subList(0, 10));

        assertThat(of(stops.toArray(Stop[]::new))).isEqualTo(one);
        assertThat(one.stops()).hasSizeLessThanOrEqualTo(Whereabouts.MOST);
    }

    @Test
    void newsThatAreKnownMakeNoDifference() {
        var it = of(stop(5, "repo:b"), stop(9, HERE), stop(12, HERE), stop(20, HERE));

        assertThat(it.stops()).hasSize(3);
        assertThat(it.and(stop(5, "repo:b"))).isSameAs(it);
        assertThat(it.and(stop(12, HERE))).isSameAs(it);
    }

    private static Whereabouts of(Stop... stops) {
        var it = Whereabouts.unknown();
        for (var stop : stops) {
            it = it.and(stop);
        }
        return it;
    }

    private static Stop stop(int second, String movedTo) {
        return new Stop(at(second), movedTo, false);
    }

    private static String goes(Whereabouts it, int second) {
        return it.gone(at(second).sourceTime()).map(Stop::movedTo).orElse(HERE);
    }
}
