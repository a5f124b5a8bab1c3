/// The commands that talk to a running Muster: `muster apply`, `lint`, `get`, `explain`, `attest`, `exempt`,
/// `backtest`, `send`, `demo`.
///
/// **Promises.** They use only what is documented over HTTP; errors are sentences, with file, line and column where
/// there is one; everything is told in words or, for pipelines, in JSON ([Output]); the exit code says what kind of
/// error it was ([ExitCode]).
@NullMarked
package dev.muster.cli;

import org.jspecify.annotations.NullMarked;
