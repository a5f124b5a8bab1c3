package dev.muster.cli;

import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;

/// A command that talks to Muster and tells what came of it.
abstract class ToldCommand implements Callable<Integer> {

    private final Supplier<Muster> muster;

    @Mixin
    private Output output = new Output();

    ToldCommand(Supplier<Muster> muster) {
        this.muster = muster;
    }

    /// Does its work.
    ///
    /// @return the exit code
    abstract int run(Muster muster, Output out);

    @Override
    public final Integer call() {
        return run(muster.get(), output);
    }

    Output output() {
        return output;
    }
}
