package dev.muster.portal.subject;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClaimHintTest {

    @ParameterizedTest
    @CsvSource({
        "repo:github.com/acme/payments, github.com/project-slug: acme/payments",
        "repo:gitlab.com/acme/a/b, gitlab.com/project-slug: acme/a/b",
        "service:pagerduty/P1, pagerduty.com/service-id: P1",
        "repo:git.example.org/a/b, muster.dev/subjects: repo:git.example.org/a/b"
    })
    void namesTheAnnotationThatClaimsASubject(String subject, String hint) {
        assertThat(ClaimHint.of(subject)).isEqualTo(hint);
    }
}
