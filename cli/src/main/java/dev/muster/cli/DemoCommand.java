package dev.muster.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Loads the examples and plays a story: a critical vulnerability is found, and fixed.")
final class DemoCommand extends ToldCommand {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    /// Longer than the local platform gathers what one message tells.
    private static final Duration UNTIL_FIXED = Duration.ofSeconds(12);

    private static final int CAUGHT_AFTER_PORTAL = 18_025 - 8_080;
    private static final String RESULT = "/api/v1/entities/component:default/payments/scorecards/production-readiness";
    private static final String PAGE = "/entities/component:default/payments";

    @Parameters(
            arity = "0..1",
            paramLabel = "DIR",
            defaultValue = "examples",
            description = "The examples (default: ${DEFAULT-VALUE}).")
    private Path examples = Path.of("examples");

    DemoCommand(Supplier<Muster> muster) {
        super(muster);
    }

    @Override
    int run(Muster muster, Output output) {
        var out = output.people();
        out.println("1. A small catalogue and a scorecard:");
        var applied = new Declaration(muster, output, false).send(List.of(examples));
        if (applied != ExitCode.OK) {
            return applied;
        }
        var before = await(muster, result -> !result.path("rules").isEmpty());
        out.printf("   payments: %s%n", standing(before));
        out.printf(
                "   Its page, which follows what happens: %s%s%n%n",
                muster.settings().portal(), PAGE);

        out.println("2. GitHub reports a critical vulnerability in acme/payments:");
        var hurt = tell(muster, out, "dependabot-alert-created.json");
        out.printf("   payments: %s%n", standing(hurt));
        failing(hurt, out);
        out.printf(
                "   Its team is told (on this machine: %s). It is fixed in %d s, not before, or nobody would hear of it.%n%n",
                caught(muster), UNTIL_FIXED.toSeconds());
        pause(UNTIL_FIXED);

        out.println("3. It is fixed:");
        var healed = tell(muster, out, "dependabot-alert-fixed.json");
        out.printf("   payments: %s%n%n", standing(healed));
        output.object(Map.of("before", before, "hurt", hurt, "healed", healed));
        out.println("The team hears of that too, in the same thread. More: ./muster explain payments");
        return ExitCode.OK;
    }

    private JsonNode tell(Muster muster, PrintWriter out, String file) {
        var version = muster.ask(RESULT).body().path("version").asLong();
        var payload = Webhook.asOf(
                Instant.now(), Webhook.read(examples.resolve("deliveries").resolve(file)));
        var headers =
                Webhook.github("dependabot_alert", payload, muster.settings().secretOf("github"));
        var sent = Instant.now();
        var answer = muster.post("/v1/webhooks/github", headers, payload);
        if (answer.status() != 202) {
            throw Muster.refusal(answer);
        }
        var result = await(muster, found -> found.path("version").asLong() > version);
        out.printf(
                "   seen %d ms after it was posted%n",
                Duration.between(sent, Instant.now()).toMillis());
        return result;
    }

    private static JsonNode await(Muster muster, Predicate<JsonNode> wanted) {
        var deadline = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(deadline)) {
            var answer = muster.ask(RESULT);
            if (answer.good() && wanted.test(answer.body())) {
                return answer.body();
            }
            pause(BETWEEN_LOOKS);
        }
        throw Failure.unavailable("nothing changed within a minute; the logs in the data folder tell why");
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw Failure.unavailable("interrupted");
        }
    }

    /// Where the local platform shows what it sent.
    private static String caught(Muster muster) {
        var portal = muster.settings().portal();
        return "%s://%s:%d".formatted(portal.getScheme(), portal.getHost(), portal.getPort() + CAUGHT_AFTER_PORTAL);
    }

    private static String standing(JsonNode result) {
        return "level %s, score %s, coverage %s"
                .formatted(
                        result.path("level").isNull()
                                ? "none"
                                : result.path("level").asString("none"),
                        result.path("score").asString(),
                        result.path("coverage").asString());
    }

    private static void failing(JsonNode result, PrintWriter out) {
        for (var rule : result.path("rules")) {
            if (rule.path("outcome").asString().equals("FAIL")) {
                out.printf(
                        "   FAIL %s: %s%n",
                        rule.path("id").asString(), rule.path("message").asString());
            }
        }
    }
}
