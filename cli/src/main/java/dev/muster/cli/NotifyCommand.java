package dev.muster.cli;

import picocli.CommandLine.Command;

@Command(
        name = "notify",
        mixinStandardHelpOptions = true,
        description = "Tries the ways to tell people.",
        subcommands = {NotifyTestCommand.class, ReleaseCommand.class})
final class NotifyCommand extends CommandGroup {}
