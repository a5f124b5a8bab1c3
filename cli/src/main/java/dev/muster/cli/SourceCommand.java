package dev.muster.cli;

import picocli.CommandLine.Command;

@Command(
        name = "source",
        mixinStandardHelpOptions = true,
        description = "Helps to write source definitions: how Muster reads what a tool sends.",
        subcommands = {SourcePreviewCommand.class, SourceLintCommand.class, SourceJqCommand.class})
final class SourceCommand extends CommandGroup {}
