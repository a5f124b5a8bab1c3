package dev.muster.portal.overview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.portal.overview.HeatMap.Cell;
import dev.muster.portal.overview.HeatMap.Count;
import dev.muster.portal.overview.HeatMap.Row;
import dev.muster.portal.overview.HeatMap.Show;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeatMapTest {

    @Test
    void putsTheWorstGroupOnTopAndWhatHasNoDimensionLast() {
        var map = HeatMap.of(List.of(
                new Count("group:default/good", "security", cell(9, 1)),
                new Count("group:default/good", "", cell(1, 0)),
                new Count("", "delivery", cell(1, 1)),
                new Count("group:default/bad", "security", cell(0, 3))));

        assertThat(map.dimensions()).containsExactly("delivery", "security", "");
        assertThat(map.rows()).extracting(Row::group).containsExactly("group:default/bad", null, "group:default/good");
        assertThat(map.first(1).rows()).hasSize(1);
        assertThat(map.first(9).rows()).hasSize(3);
    }

    @Test
    void putsTheGroupOnTopThatIsWorstByWhatIsShown() {
        var map = HeatMap.of(List.of(
                new Count("rate", "security", new Cell(1, 1, 9, 0, 80, 80)),
                new Count("mean", "security", new Cell(1, 6, 4, 0, 20, 20)),
                new Count("mean", "delivery", new Cell(3, 6, 4, 0, 40, 20)),
                new Count("worst", "security", new Cell(9, 8, 2, 0, 90, 5)),
                new Count("unknown", "security", new Cell(1, 0, 0, 7, null, null))));

        assertThat(map.by(Show.rate).rows()).extracting(Row::group).containsExactly("rate", "mean", "worst", "unknown");
        assertThat(map.by(Show.mean).rows()).extracting(Row::group).containsExactly("mean", "rate", "worst", "unknown");
        assertThat(map.by(Show.worst).rows())
                .extracting(Row::group)
                .containsExactly("worst", "mean", "rate", "unknown");
        assertThat(map.by(Show.mean).rows().getFirst().value(Show.mean)).isEqualTo(35);
    }

    @Test
    void tellsWhatIsAskedForAndNothingWhereNothingIsDecided() {
        var cell = new Cell(2, 3, 1, 5, 60, 20);

        assertThat(cell.value(Show.rate)).isEqualTo(75);
        assertThat(cell.value(Show.mean)).isEqualTo(60);
        assertThat(cell.value(Show.worst)).isEqualTo(20);
        assertThat(cell.tone(Show.rate)).isEqualTo("heat-2");
        assertThat(cell.tone(Show.worst)).isEqualTo("heat-0");
        var unknown = new Cell(1, 0, 0, 4, null, null);
        assertThat(unknown.value(Show.rate)).isNull();
        assertThat(unknown.tone(Show.worst)).isEqualTo("heat-none");
    }

    @Test
    void isCompleteOnlyWhenEverythingPasses() {
        assertThat(cell(200, 1).tone(Show.rate)).isEqualTo("heat-3");
        assertThat(cell(200, 0).tone(Show.rate)).isEqualTo("heat-4");
    }

    private static Cell cell(int passed, int failed) {
        return new Cell(1, passed, failed, 0, null, null);
    }
}
