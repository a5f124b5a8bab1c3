package dev.muster.ingest.subject;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScimGroupsTest {

    @Test
    void areSubjectsWhateverTheirNames() {
        assertThat(ScimGroups.byName(" Payments ")).isEqualTo("team:scim/payments");
        assertThat(ScimGroups.byName("Zahlungen & Käse\n")).isEqualTo("team:scim/zahlungen%20&%20käse");
        assertThat(ScimGroups.byId("00g1EMA x")).isEqualTo("team:scim-id/00g1EMA%20x");
        assertThat(Stream.of("a b", "a\u00a0b", "a\u2003b", "a\u0000b").map(ScimGroups::byName))
                .allSatisfy(it -> assertThat(Subjects.mistakeIn(it)).isEmpty());
    }

    @Test
    void areDifferentForDifferentNames() {
        var names = Set.of("a b", "a%20b", "a-b", "a\u00a0b", "ab");
        assertThat(names.stream().map(ScimGroups::byName).collect(Collectors.toSet()))
                .hasSameSizeAs(names);
    }
}
