package dev.muster.engine.rule;

import static dev.muster.engine.rule.A.NOW;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/// Tells one thing to the facts, and says which fact it was.
record Telling(String fact, String item, Duration at, String json) {

    void tell(KnownFacts facts) {
        var when = NOW.plus(at);
        switch (fact) {
            case "exemptions", "attestations" -> facts.own(fact, item, json);
            case "vulnerabilities", "alerts" -> {
                if (json.isEmpty()) {
                    facts.remove(fact, item, when);
                } else {
                    facts.upsert(fact, item, when, json);
                }
            }
            default -> facts.set(fact, when, json);
        }
    }

    static KnownFacts told(List<Telling> tellings) {
        var facts = new KnownFacts();
        tellings.forEach(telling -> telling.tell(facts));
        return facts;
    }

    /// Some tellings, with exemptions and attestations of these rules.
    static Arbitrary<List<Telling>> some(String... rules) {
        return Arbitraries.oneOf(
                        scalar("replicas", Arbitraries.integers().between(0, 4).map(String::valueOf)),
                        scalar(
                                "coverage",
                                Arbitraries.integers().between(0, 100).map(n -> "{\"newCode\":" + n + "}")),
                        scalar(
                                "runbook",
                                spans().map(at -> "{\"exists\":" + (at.toSeconds() % 2 == 0) + ",\"confirmedAt\":\""
                                        + NOW.plus(at) + "\"}")),
                        item(
                                "vulnerabilities",
                                spans().map(at -> "{\"severity\":\"" + (at.toMinutes() % 2 == 0 ? "high" : "low")
                                        + "\",\"openedAt\":\"" + NOW.plus(at) + "\"}")),
                        item("vulnerabilities", Arbitraries.just("")),
                        item("alerts", spans().map(at -> "{\"startsAt\":\"" + NOW.plus(at) + "\"}")),
                        item("exemptions", waivers(rules, "state\":\"approved")),
                        item("attestations", waivers(rules, "by\":\"ann")))
                .list()
                .ofMaxSize(12);
    }

    static Arbitrary<Duration> spans() {
        return Arbitraries.oneOf(
                Arbitraries.longs().between(-12 * 86_400_000L, 12 * 86_400_000L).map(Duration::ofMillis),
                Arbitraries.integers().between(-12, 12).map(Duration::ofDays),
                Arbitraries.longs()
                        .between(-86_400_000_000_000L, 86_400_000_000_000L)
                        .map(Duration::ofNanos));
    }

    private static Arbitrary<String> waivers(String[] rules, String state) {
        return Combinators.combine(Arbitraries.of(rules), spans(), Arbitraries.of("", "1", "2", "CVE-1"))
                .as((rule, ends, finding) ->
                        "{\"rule\":\"" + rule + "\",\"" + state + "\",\"expires\":\"" + NOW.plus(ends) + "\""
                                + (state.startsWith("by") ? "" : ",\"finding\":\"" + finding + "\"") + "}");
    }

    private static Arbitrary<Telling> scalar(String fact, Arbitrary<String> json) {
        return Combinators.combine(spans(), json).as((at, value) -> new Telling(fact, "", past(at), value));
    }

    private static Arbitrary<Telling> item(String fact, Arbitrary<String> json) {
        return Combinators.combine(spans(), Arbitraries.of("1", "2", "3"), json)
                .as((at, item, value) -> new Telling(fact, item, past(at), value));
    }

    private static Duration past(Duration at) {
        return at.abs().negated();
    }
}
