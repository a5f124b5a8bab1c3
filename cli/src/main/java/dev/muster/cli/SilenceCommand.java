package dev.muster.cli;

import picocli.CommandLine.Command;

@Command(
        name = "silence",
        mixinStandardHelpOptions = true,
        description = "Holds messages back for a time: what is still so when it ends is told then.",
        subcommands = {SilenceCreateCommand.class, SilenceListCommand.class, SilenceEndCommand.class})
final class SilenceCommand extends CommandGroup {}
