/// What tests of several modules share: the real broker, registry and database as child processes of the
/// test, and fakes of the services that Muster talks to.
///
/// **Promises.** Nothing here needs a fixed port or the network; what needs containers says so ([NeedsDocker]). What
/// was started ends with the JVM of the
/// test.
@NullMarked
package dev.muster.testkit;

import org.jspecify.annotations.NullMarked;
