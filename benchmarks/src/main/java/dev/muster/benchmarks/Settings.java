package dev.muster.benchmarks;

import java.time.Duration;

/// What is measured, and for how long.
///
/// @param rate deliveries a second
/// @param warmUp at that rate, before anything counts
/// @param load how long deliveries are counted
/// @param backlog records in one drain
/// @param rounds counted drains of each topology; [WholeWay#WARM_UP_ROUNDS] more go before them
/// @param engine whether the engine alone is measured
/// @param wholeWay whether the platform is started and measured
/// @param entities of the organisation whose scorecard is edited and whose portal is read
/// @param sweep whether edits of its scorecard are measured
/// @param pages transitions in the history of its portal; none leaves the portal out
/// @param facts that are recorded for a backtest; none leaves that out
/// @param keep whether the data folder stays
/// @param write whether the report goes into the documentation, too
record Settings(
        int rate,
        Duration warmUp,
        Duration load,
        int backlog,
        int rounds,
        boolean engine,
        boolean wholeWay,
        int entities,
        boolean sweep,
        int pages,
        int facts,
        boolean keep,
        boolean write) {

    /// Bars are said for this rate.
    static final int RATE = 100;

    /// And for this many entities.
    static final int ENTITIES = 10_000;

    /// And for this many transitions.
    static final int TRANSITIONS = 1_000_000;

    /// And for this many recorded facts.
    static final int FACTS = 1_000_000;

    /// Reads a command line.
    ///
    /// @throws IllegalArgumentException that says which option is wrong
    static Settings parse(String... arguments) {
        var rate = RATE;
        var warmUp = 300;
        var seconds = 60;
        var backlog = 20_000;
        var rounds = 5;
        var engine = true;
        var wholeWay = true;
        var entities = ENTITIES;
        var sweep = false;
        var pages = 0;
        var facts = 0;
        var keep = false;
        var write = false;
        for (var i = 0; i < arguments.length; i++) {
            var option = arguments[i];
            switch (option) {
                case "--engine-only" -> wholeWay = false;
                case "--whole-way-only" -> engine = false;
                case "--sweep" -> sweep = true;
                case "--backtest" -> facts = facts == 0 ? FACTS : facts;
                case "--organisation-only" -> {
                    engine = false;
                    wholeWay = false;
                }
                case "--pages" -> pages = pages == 0 ? TRANSITIONS : pages;
                case "--entities" -> entities = number(option, arguments, ++i, 1, 100_000);
                case "--facts" -> facts = number(option, arguments, ++i, 1, 10_000_000);
                case "--transitions" -> pages = number(option, arguments, ++i, 1, 10_000_000);
                case "--keep" -> keep = true;
                case "--rate" -> rate = number(option, arguments, ++i, 1, 2_000);
                case "--warm-up" -> warmUp = number(option, arguments, ++i, 1, 600);
                case "--seconds" -> seconds = number(option, arguments, ++i, 1, 600);
                case "--backlog" -> backlog = number(option, arguments, ++i, 100, 200_000);
                case "--rounds" -> rounds = number(option, arguments, ++i, 1, 20);
                case "--write" -> write = true;
                default -> throw new IllegalArgumentException("there is no option " + option);
            }
        }
        if (!engine && !wholeWay && !sweep && pages == 0 && facts == 0) {
            throw new IllegalArgumentException(
                    "that leaves nothing to measure; --sweep, --pages and --backtest do not");
        }
        return new Settings(
                rate,
                Duration.ofSeconds(warmUp),
                Duration.ofSeconds(seconds),
                backlog,
                rounds,
                engine,
                wholeWay,
                entities,
                sweep,
                pages,
                facts,
                keep,
                write);
    }

    private static String text(String option, String[] arguments, int i) {
        if (i >= arguments.length) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return arguments[i];
    }

    private static int number(String option, String[] arguments, int i, int least, int most) {
        var text = text(option, arguments, i);
        try {
            var number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException _) {
            // said below
        }
        throw new IllegalArgumentException(
                "%s is %s, expected a number from %d to %d".formatted(option, text, least, most));
    }
}
