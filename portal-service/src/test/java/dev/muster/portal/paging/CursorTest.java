package dev.muster.portal.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.service.ProblemException;
import java.util.List;
import org.junit.jupiter.api.Test;

class CursorTest {

    @Test
    void readsBackWhatItWrote() {
        var cursor = Cursor.parse(Cursor.of(42, "component:default/päy ments").toString(), 2);

        assertThat(cursor.number(0)).isEqualTo(42);
        assertThat(cursor.text(1)).isEqualTo("component:default/päy ments");
    }

    @Test
    void refusesWhatNobodyGaveOut() {
        for (var strange : List.of("%%%", "YQ", "", "YR9iH2M")) {
            assertThatThrownBy(() -> Cursor.parse(strange, 2)).isInstanceOf(ProblemException.class);
        }
        assertThatThrownBy(() -> Cursor.parse(Cursor.of("a", "b").toString(), 2).number(0))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void cutsAListWhereTheNextPieceBegins() {
        var slice = Slice.cut(List.of(1, 2, 3), 2, Cursor::of);

        assertThat(slice.items()).containsExactly(1, 2);
        assertThat(slice.next()).isEqualTo(Cursor.of(2).toString());
        assertThat(Slice.cut(List.of(1, 2), 2, Cursor::of).next()).isNull();
    }

    @Test
    void keepsLimitsWithinBounds() {
        assertThat(Slice.limit(null)).isEqualTo(Slice.USUAL);
        assertThat(Slice.limit(0)).isEqualTo(1);
        assertThat(Slice.limit(1_000_000)).isEqualTo(Slice.MOST);
    }
}
