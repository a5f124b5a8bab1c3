package dev.muster.cli;

import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// A command that talks to Muster and tells what came of it.
abstract class ToldCommand implements Callable<Integer> {

    private final Supplier<Muster> muster;

    @Spec
    private @Nullable CommandSpec spec;

    ToldCommand(Supplier<Muster> muster) {
        this.muster = muster;
    }

    /// Does its work.
    ///
    /// @return the exit code
    abstract int run(Muster muster, PrintWriter out);

    @Override
    public final Integer call() {
        return run(muster.get(), out());
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec, "set by picocli").commandLine().getOut();
    }
}
