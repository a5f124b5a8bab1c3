package dev.muster.cli;

import picocli.CommandLine.Command;

@Command(
        name = "notifications",
        mixinStandardHelpOptions = true,
        description = "What became of messages to people.",
        subcommands = RedriveCommand.class)
final class NotificationsCommand extends CommandGroup {}
