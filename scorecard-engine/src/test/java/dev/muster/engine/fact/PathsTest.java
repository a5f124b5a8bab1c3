package dev.muster.engine.fact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathsTest {

    private static final List<String> PAY = List.of("services/pay");

    @ParameterizedTest
    @CsvSource({
        "services/pay/pom.xml, true",
        "services/pay, true",
        "./services/pay/pom.xml, true",
        "/services/pay/pom.xml, true",
        "services/payroll/pom.xml, false",
        "services/pom.xml, false",
        "pay/pom.xml, false",
        "Services/Pay/pom.xml, false",
        "'', true",
        "/, true"
    })
    void tellWhatLiesInAFolder(String place, boolean lies) {
        assertThat(Paths.have(PAY, place)).isEqualTo(lies);
    }

    @Test
    void haveWhatDoesNotSayWhereItIs() {
        assertThat(Paths.have(PAY, null)).isTrue();
    }

    @Test
    void followARepositoryThatMoved() {
        var paths = new Paths(Set.of("repo:a", "repo:x"), Map.of("repo:a", PAY));
        var moved = Map.of("repo:a", "repo:b", "repo:b", "repo:c", "repo:y", "repo:y");

        assertThat(of(paths, "repo:c", moved)).isEqualTo(PAY);
        assertThat(of(paths, "repo:x", moved)).isEmpty();
    }

    @Test
    void ofOneThatIsClaimedWholeAsWellAreAll() {
        var paths = new Paths(Set.of("repo:a", "repo:b"), Map.of("repo:a", PAY));

        assertThat(of(paths, "repo:b", Map.of("repo:a", "repo:b"))).isEmpty();
        assertThat(of(paths, "repo:a", Map.of())).isEqualTo(PAY);
    }

    @Test
    void endWhereNewsGoInACircle() {
        var paths = new Paths(Set.of("repo:a"), Map.of("repo:a", PAY));

        assertThat(of(paths, "repo:b", Map.of("repo:a", "repo:b", "repo:b", "repo:a")))
                .isEmpty();
    }

    private static List<String> of(Paths paths, String subject, Map<String, String> moved) {
        return paths.of(subject, it -> Optional.ofNullable(moved.get(it)));
    }
}
