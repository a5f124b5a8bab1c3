package dev.muster.portal.subject;

import java.util.LinkedHashMap;
import java.util.Map;

/// What to write into a descriptor to claim a subject. Pure.
final class ClaimHint {

    private static final Map<String, String> ANNOTATIONS = new LinkedHashMap<>();

    static {
        ANNOTATIONS.put("repo:github.com/", "github.com/project-slug");
        ANNOTATIONS.put("repo:gitlab.com/", "gitlab.com/project-slug");
        ANNOTATIONS.put("team:github.com/", "github.com/team-slug");
        ANNOTATIONS.put("project:sonarqube/", "sonarqube.org/project-key");
        ANNOTATIONS.put("project:sentry/", "sentry.io/project-slug");
        ANNOTATIONS.put("project:snyk/", "snyk.io/project-ids");
        ANNOTATIONS.put("service:pagerduty/", "pagerduty.com/service-id");
        ANNOTATIONS.put("service:incident-io/", "incident.io/service");
        ANNOTATIONS.put("service:datadog/", "datadoghq.com/service");
        ANNOTATIONS.put("service:prometheus/", "prometheus.io/service-name");
        ANNOTATIONS.put("service:cdevents/", "cdevents.dev/service-id");
        ANNOTATIONS.put("app:argocd/", "argocd/app-name");
        ANNOTATIONS.put("workload:kubernetes/", "backstage.io/kubernetes-id");
        ANNOTATIONS.put("resource:aws/", "amazonaws.com/arn");
    }

    private ClaimHint() {}

    /// One line of `metadata.annotations`; the annotation that every subject can be claimed with, where no better one
    /// is known.
    static String of(String subject) {
        return ANNOTATIONS.entrySet().stream()
                .filter(it -> subject.startsWith(it.getKey()))
                .map(it -> it.getValue() + ": " + subject.substring(it.getKey().length()))
                .findFirst()
                .orElse("muster.dev/subjects: " + subject);
    }
}
