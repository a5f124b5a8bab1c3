package dev.muster.notifier;

import static dev.muster.notifier.transition.Examples.VULNERABILITIES;
import static dev.muster.notifier.transition.Examples.at;
import static dev.muster.notifier.transition.Examples.recovered;
import static dev.muster.notifier.transition.Examples.regressed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.notifier.ledger.Sql;
import dev.muster.notifier.message.Direction;
import dev.muster.notifier.pipeline.Closing;
import dev.muster.schemas.v1.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/// What [dev.muster.notifier.pipeline.Flapping] promises, of one rule that flips for up to ten minutes in
/// any pattern.
class FlippingTest {

    private static final Duration WITHIN = Duration.ofMinutes(10);

    private static final Duration MUTE = Duration.ofHours(2);

    /// Of a regression, before which its recovery does not leave.
    private static final Duration CONFIRM = Duration.ofMinutes(1);

    private static final List<Integer> WAITS = List.of(1, 5, 30);

    private static Running notifier;
    private static int patterns;

    @BeforeContainer
    static void start() throws IOException {
        var routes = Files.createTempFile("routes", ".yaml");
        Files.writeString(routes, """
                apiVersion: muster.dev/v1
                kind: Routes
                spec:
                  route:
                    routes:
                      - { match: { entity: "component:default/wait-1-*" }, groupWait: 1s }
                      - { match: { entity: "component:default/wait-5-*" }, groupWait: 5s }
                      - { match: { entity: "component:default/wait-30-*" }, groupWait: 30s }
                      - { match: { entity: "component:default/mute-*" }, groupWait: 5s, mute: [{ from: "13:00", to: "15:00" }] }
                """);
        notifier = Running.with("muster.notifier.routes-file=" + routes);
        Files.delete(routes);
    }

    @AfterContainer
    static void stop() {
        notifier.close();
    }

    /// A rule that breaks, is good, breaks, and so on.
    ///
    /// @param groupWait seconds
    /// @param states how long each lasts but for the last one, in milliseconds; not longer than ten minutes
    /// in all
    record Pattern(int groupWait, List<Integer> states) {

        Duration gathers() {
            return Duration.ofSeconds(groupWait);
        }

        boolean isBroken(int state) {
            return state % 2 == 0;
        }

        /// Whether the state lasts longer than `time`; the last one does.
        boolean lasts(int state, Duration time) {
            return state >= states.size() || states.get(state) > time.toMillis();
        }
    }

    /// A message that left.
    private record Told(String id, Direction direction, String thread, Instant at) {}

    @Property(tries = 30, seed = "4711", edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void tellsAtMostTwiceInTenMinutesAndOnceMoreWhereItEndedWhenThatIsNews(@ForAll("patterns") Pattern pattern) {
        var entity = "component:default/wait-%d-%d".formatted(pattern.groupWait(), patterns++);
        var calls = notifier.slack.calls("payments").size();
        var begin = notifier.clock.instant();
        var flips = pattern.states().size() + 1;
        flips(entity, pattern);
        passes(WITHIN.plus(WITHIN));
        notifier.sends();
        var told = told(entity);

        assertThat(told).filteredOn(it -> it.at().isBefore(begin.plus(WITHIN))).hasSizeLessThanOrEqualTo(2);
        assertThat(told).filteredOn(it -> !it.at().isBefore(begin.plus(WITHIN))).hasSizeLessThanOrEqualTo(1);
        assertThat(told)
                .as("each says what the one before did not")
                .extracting(Told::direction)
                .isEqualTo(List.of(Direction.REGRESSION, Direction.RECOVERY, Direction.REGRESSION)
                        .subList(0, told.size()));
        assertThat(told.size() % 2 == 1).as("the last one says where it ended").isEqualTo(pattern.isBroken(flips - 1));
        assertThat(told)
                .as("all in one thread")
                .allMatch(it -> it.thread().equals(told.getFirst().id()));
        assertThat(notifier.slack.calls("payments")).hasSize(calls + told.size());
        assertThat(waiting()).isZero();
        assertOrdinaryOnesAreToldAtOnce(pattern, begin, told);
    }

    /// Two hours, longer than anything is held back because it flips.
    @Property(tries = 20, seed = "4712", edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void tellsAfterAMuteOnlyWhatIsNews(
            @ForAll("patterns") Pattern pattern, @ForAll @IntRange(min = 0, max = 600) int secondsBefore) {
        var entity = "component:default/mute-%d".formatted(patterns++);
        var mute = notifier.clock
                .instant()
                .truncatedTo(ChronoUnit.DAYS)
                .plus(Duration.ofDays(1))
                .plus(Duration.ofHours(13));
        notifier.clock.set(mute.minusSeconds(secondsBefore));
        flips(entity, pattern);
        passes(Duration.ofHours(3));
        notifier.sends();
        var told = told(entity);

        assertThat(told).extracting(Told::at).allMatch(it -> !it.isAfter(mute) || !it.isBefore(mute.plus(MUTE)));
        for (var third = 2; third < told.size(); third++) {
            assertThat(told.get(third).at())
                    .isAfterOrEqualTo(told.get(third - 2).at().plus(WITHIN));
        }
        assertThat(told)
                .as("each says what the one before did not")
                .extracting(Told::direction)
                .isEqualTo(List.of(Direction.REGRESSION, Direction.RECOVERY, Direction.REGRESSION)
                        .subList(0, told.size()));
        assertThat(told.size() % 2 == 1)
                .as("the last one says where it ended")
                .isEqualTo(pattern.isBroken(pattern.states().size()));
        assertThat(waiting()).isZero();
    }

    private static void flips(String entity, Pattern pattern) {
        for (var state = 0; state <= pattern.states().size(); state++) {
            change(entity, state + 2, pattern.isBroken(state));
            if (state < pattern.states().size()) {
                passes(Duration.ofMillis(pattern.states().get(state)));
            }
        }
    }

    /// A regression that stays for as long as its message gathers, and then its recovery.
    private static void assertOrdinaryOnesAreToldAtOnce(Pattern pattern, Instant begin, List<Told> told) {
        if (!pattern.lasts(0, pattern.gathers())) {
            return;
        }
        assertThat(told.getFirst().at()).isEqualTo(begin.plus(pattern.gathers()));
        if (pattern.states().isEmpty()) {
            return;
        }
        var broken = Duration.ofMillis(pattern.states().getFirst());
        var leaves = broken.plus(pattern.gathers()).compareTo(CONFIRM) < 0 ? CONFIRM : broken.plus(pattern.gathers());
        if (pattern.lasts(1, leaves.minus(broken))) {
            assertThat(told.get(1).at()).isEqualTo(begin.plus(leaves));
        }
    }

    @Provide
    Arbitrary<Pattern> patterns() {
        return Arbitraries.randomValue(FlippingTest::pattern);
    }

    /// Every second one flips a hundred times; some states last for seconds, some for minutes.
    private static Pattern pattern(Random random) {
        var flips = random.nextBoolean() ? 100 : 1 + random.nextInt(12);
        var longOnes = random.nextInt(1, 9) / (double) flips;
        var states = new ArrayList<Integer>();
        for (var i = 1; i < flips; i++) {
            states.add(random.nextDouble() < longOnes ? random.nextInt(10_000, 200_000) : random.nextInt(100, 3_000));
        }
        var all = states.stream().mapToInt(it -> it).sum();
        var most = WITHIN.toMillis() - 1_000;
        return new Pattern(
                WAITS.get(random.nextInt(WAITS.size())),
                states.stream()
                        .map(it -> all <= most ? it : (int) (it * most / all))
                        .toList());
    }

    private static void change(String entity, int version, boolean breaks) {
        var delivery = entity + version;
        notifier.hears(at(
                breaks
                        ? regressed(entity, version, delivery, Map.of(VULNERABILITIES, Outcome.FAIL))
                        : recovered(entity, version, delivery, Map.of(VULNERABILITIES, Outcome.PASS)),
                notifier.clock.instant()));
    }

    /// Time passes, and what is due meanwhile is told then.
    private static void passes(Duration time) {
        var end = notifier.clock.instant().plus(time);
        for (var due = due(); due.isPresent() && !due.get().isAfter(end); due = due()) {
            notifier.clock.set(due.get());
            while (notifier.bean(Closing.class).closeOne()) {}
        }
        notifier.clock.set(end);
    }

    private static Optional<Instant> due() {
        return notifier.db()
                .sql("select min(due_at) as due from notifications where state = 'GATHERING'")
                .query((row, _) -> Optional.ofNullable(Sql.instantOrNull(row, "due")))
                .single();
    }

    private static int waiting() {
        return notifier.db()
                .sql("select count(*) from notifications where state = 'GATHERING'")
                .query(Integer.class)
                .single();
    }

    private static List<Told> told(String entity) {
        return notifier.db()
                .sql("""
                        select id, direction, thread_id, closed_at from notifications n
                        where state = 'READY' and exists (
                            select 1 from transitions t where t.notification_id = n.id and t.entity = :entity)
                        order by closed_at
                        """)
                .param("entity", entity)
                .query((row, _) -> new Told(
                        row.getString("id"),
                        Direction.valueOf(row.getString("direction")),
                        row.getString("thread_id"),
                        Sql.instant(row, "closed_at")))
                .list();
    }
}
