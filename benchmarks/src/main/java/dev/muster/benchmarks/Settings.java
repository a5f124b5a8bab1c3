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
/// @param sweep entities of a scorecard that is edited; none leaves that out
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
        int sweep,
        boolean keep,
        boolean write) {

    /// Bars are said for this rate.
    static final int RATE = 100;

    /// And for this many entities.
    static final int ENTITIES = 10_000;

    /// Reads a command line.
    ///
    /// @throws IllegalArgumentException that says which option is wrong
    static Settings parse(String... arguments) {
        var rate = RATE;
        var warmUp = 60;
        var seconds = 60;
        var backlog = 20_000;
        var rounds = 5;
        var engine = true;
        var wholeWay = true;
        var sweep = 0;
        var keep = false;
        var write = false;
        for (var i = 0; i < arguments.length; i++) {
            var option = arguments[i];
            switch (option) {
                case "--engine-only" -> wholeWay = false;
                case "--whole-way-only" -> engine = false;
                case "--sweep" -> sweep = sweep == 0 ? ENTITIES : sweep;
                case "--sweep-only" -> {
                    engine = false;
                    wholeWay = false;
                    sweep = sweep == 0 ? ENTITIES : sweep;
                }
                case "--entities" -> sweep = number(option, arguments, ++i, 1, 100_000);
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
        if (!engine && !wholeWay && sweep == 0) {
            throw new IllegalArgumentException("--engine-only and --whole-way-only leave nothing to measure");
        }
        return new Settings(
                rate,
                Duration.ofSeconds(warmUp),
                Duration.ofSeconds(seconds),
                backlog,
                rounds,
                engine,
                wholeWay,
                sweep,
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
