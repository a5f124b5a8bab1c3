package dev.muster.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/// A command that only has others below it: alone, it shows its help.
abstract class CommandGroup implements Runnable {

    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    @Override
    public final void run() {
        if (spec != null) {
            spec.commandLine().usage(spec.commandLine().getOut());
        }
    }
}
