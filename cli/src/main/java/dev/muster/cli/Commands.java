package dev.muster.cli;

import java.util.function.Supplier;
import picocli.CommandLine;

/// Makes the commands and gives each the Muster that it talks to.
final class Commands implements CommandLine.IFactory {

    private final CommandLine.IFactory others = CommandLine.defaultFactory();
    private final Supplier<Settings> settings;

    Commands(Supplier<Settings> settings) {
        this.settings = settings;
    }

    @Override
    public <T> T create(Class<T> type) throws Exception {
        Supplier<Muster> muster = () -> new Muster(settings.get());
        if (type == ApplyCommand.class) {
            return type.cast(new ApplyCommand(muster));
        }
        if (type == LintCommand.class) {
            return type.cast(new LintCommand(muster));
        }
        if (type == GetCommand.class) {
            return type.cast(new GetCommand(muster));
        }
        if (type == ExplainCommand.class) {
            return type.cast(new ExplainCommand(muster));
        }
        if (type == AttestCommand.class) {
            return type.cast(new AttestCommand(muster));
        }
        if (type == ExemptCommand.class) {
            return type.cast(new ExemptCommand(muster));
        }
        if (type == BacktestCommand.class) {
            return type.cast(new BacktestCommand(muster));
        }
        if (type == RebuildCommand.class) {
            return type.cast(new RebuildCommand(muster));
        }
        if (type == ReplayCommand.class) {
            return type.cast(new ReplayCommand(muster));
        }
        if (type == SendCommand.class) {
            return type.cast(new SendCommand(muster));
        }
        if (type == SourcePreviewCommand.class) {
            return type.cast(new SourcePreviewCommand(muster));
        }
        if (type == SourceLintCommand.class) {
            return type.cast(new SourceLintCommand(muster));
        }
        if (type == RedriveCommand.class) {
            return type.cast(new RedriveCommand(muster));
        }
        if (type == NotifyTestCommand.class) {
            return type.cast(new NotifyTestCommand(muster));
        }
        if (type == ReleaseCommand.class) {
            return type.cast(new ReleaseCommand(muster));
        }
        if (type == SilenceCreateCommand.class) {
            return type.cast(new SilenceCreateCommand(muster));
        }
        if (type == SilenceListCommand.class) {
            return type.cast(new SilenceListCommand(muster));
        }
        if (type == SilenceEndCommand.class) {
            return type.cast(new SilenceEndCommand(muster));
        }
        if (type == DemoCommand.class) {
            return type.cast(new DemoCommand(muster));
        }
        return others.create(type);
    }
}
