package dev.muster.portal;

import dev.muster.testkit.TestBroker;
import dev.muster.testkit.TestPostgres;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/// Starts a portal with the story in it, to be looked at: `http://localhost:28080`.
final class Demo {

    private Demo() {}

    public static void main(String... args) throws InterruptedException {
        var portal = Portal.start(
                TestBroker.shared(),
                TestPostgres.shared().newDatabase(),
                Map.of("server.port", args.length > 0 ? args[0] : "28080"));
        if (args.length < 2) {
            new Story(portal, Instant.now().minus(Duration.ofHours(23))).tellAll();
            new Operations(portal, "component:default/payments", Story.TEAM).tellAll();
        }
        System.out.println("Look at " + portal.url());
        Thread.currentThread().join();
    }
}
