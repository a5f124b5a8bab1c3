package dev.muster.ingest.waiver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.engine.definition.AttestationTerms;
import dev.muster.schemas.AvroSerdes;
import dev.muster.schemas.Topics;
import dev.muster.schemas.v1.Entity;
import dev.muster.service.Caller;
import dev.muster.service.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttestingTest {

    /// Avro makes records only of classes that the topics vouch for.
    @BeforeAll
    static void vouch() {
        assertThat(new Topics(AvroSerdes.from(Map.of("schema.registry.url", "mock://waivers"))).all())
                .isNotEmpty();
    }

    private static final AttestationTerms SECURITY =
            new AttestationTerms(Set.of("security", "privacy"), Duration.ofDays(90));

    private static Entity entity(String kind, String owner) {
        return Entity.newBuilder()
                .setRef(kind.toLowerCase(Locale.ROOT) + ":default/it")
                .setKind(kind)
                .setNamespace("default")
                .setName("it")
                .setOwner(owner)
                .setAppliedAt(Instant.EPOCH)
                .setAppliedBy("")
                .setDeliveryId("")
                .setDigest("")
                .build();
    }

    private static Caller caller(String groups, String duties) {
        return new Caller("somebody", Set.of(Role.EDITOR), set(groups), set(duties));
    }

    private static Set<String> set(String text) {
        return text == null ? Set.of() : Set.of(text.split(" "));
    }

    @ParameterizedTest
    @CsvSource({
        "group:default/a,, true, false, false",
        ", security, false, true, false",
        ", privacy, false, true, false",
        "group:default/a, security, true, true, true",
        "group:default/b, exemptions, false, false, false"
    })
    void isForWhomEveryScorecardAllows(String groups, String duties, boolean usual, boolean security, boolean both) {
        var who = caller(groups, duties);
        var owned = entity("Component", "group:default/a");

        assertThat(new Attesting(List.of(AttestationTerms.USUAL)).isFor(who, owned))
                .isEqualTo(usual);
        assertThat(new Attesting(List.of(SECURITY)).isFor(who, owned)).isEqualTo(security);
        assertThat(new Attesting(List.of(SECURITY, AttestationTerms.USUAL)).isFor(who, owned))
                .isEqualTo(both);
    }

    @Test
    void lastsAsLongAsAllOfThemAllow() {
        assertThat(new Attesting(List.of(AttestationTerms.USUAL, SECURITY)).period())
                .isEqualTo(Duration.ofDays(90));
    }

    @Test
    void saysWhomItTakes() {
        assertThat(new Attesting(List.of(SECURITY, AttestationTerms.USUAL)).named(entity("Component", null)))
                .isEqualTo("the role admin, or the duty privacy or the duty security; and also to be a member of its"
                        + " owner, but component:default/it has none");
    }

    @Test
    void aGroupIsOwnedByItsMembersAndWhatNobodyOwnsByNobody() {
        var usual = new Attesting(List.of(AttestationTerms.USUAL));

        assertThat(usual.isFor(caller("group:default/it", null), entity("Group", null)))
                .isTrue();
        assertThat(usual.isFor(caller("group:default/it", null), entity("Component", null)))
                .isFalse();
    }
}
