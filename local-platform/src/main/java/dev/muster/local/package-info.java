/// All of Muster on one machine, from one command: `muster up`.
///
/// **Promises.** The same service jars that production runs, each in its own process, on a real broker,
/// registry and database; everything is ready when it says so; Ctrl-C ends all of it in good order; what was
/// stored is there again at the next start; a process that dies is told, and started again a bounded number
/// of times.
/// **Does not promise.** That it can be reached from another machine: everything listens on the loopback address, or
/// should.
///
/// Start reading at [LocalPlatform].
@NullMarked
package dev.muster.local;

import org.jspecify.annotations.NullMarked;
