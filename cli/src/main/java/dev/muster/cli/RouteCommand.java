package dev.muster.cli;

import picocli.CommandLine.Command;

@Command(
        name = "route",
        mixinStandardHelpOptions = true,
        description = "Helps to write routes.yaml: who hears of what, and when.",
        subcommands = RouteTestCommand.class)
final class RouteCommand extends CommandGroup {}
